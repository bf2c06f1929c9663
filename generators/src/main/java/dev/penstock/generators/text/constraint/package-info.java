/// Answers that keep a JSON Schema or a regular expression. [ConstraintCompiler] leads: it turns the text of either into
/// a [Constraint] for one model's vocabulary, and each answer is watched by a [ConstrainedAnswer], which tells the
/// sampler which tokens may come next. `schema` and `regex` read what people write, `expression` holds the languages.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.constraint;
