/// JSON Schema as a language of JSON texts. [SchemaCompiler] leads; [Keywords] says what is supported, [JsonText] how
/// values are written, [NumberRanges] which digits a range allows, [StringFormats] what `format` knows.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.constraint.schema;
