/// What a chat template computes with: Python's values and what they do, without any template around them.
/// Start at [Value], the closed list of kinds. [Budget] bounds every operation; a [ValueError] says what an
/// operation does not take. Values cannot change once built, except for a namespace and a generator, so a template
/// can neither reach Java objects nor make them.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.template.value;
