/// Prompt templates: named, versioned texts with places for variables. [PromptTemplates] reads the folders and finds
/// one, [PromptTemplate] checks variables and fills them in, [TemplateFile] is its form in YAML.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.templates;
