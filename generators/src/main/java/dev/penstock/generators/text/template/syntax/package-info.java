/// From a chat template's source to its tree. [Source] knows places, [TemplateLexer] cuts the source into text and
/// tags as `trim_blocks` and `lstrip_blocks` have it, [TagLexer] cuts tags into tokens, [TemplateParser] and
/// [ExpressionParser] build [Statement] and [Expression]. Grammar: Jinja 3.1 without inheritance, imports and HTML.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.template.syntax;
