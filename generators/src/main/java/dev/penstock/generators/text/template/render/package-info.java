/// From a chat template's tree to text. [Rendering] walks the statements, [Evaluator] the expressions; [Filters],
/// [Tests], [Attributes] and [Globals] are what a template may name. One rendering belongs to one thread.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.template.render;
