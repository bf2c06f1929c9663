/// Regular languages over bytes. [Expression] leads: a state of an answer is the expression of all that may still come,
/// and reading a byte gives the next one. [CodePoints] turns characters into UTF-8, [Intersection] keeps two
/// expressions at once.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.constraint.expression;
