/// Regular expressions as people write them. [RegexParser] reads them, [CharacterClasses] knows their short names.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.constraint.regex;
