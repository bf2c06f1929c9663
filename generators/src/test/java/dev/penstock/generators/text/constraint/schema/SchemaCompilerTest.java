package dev.penstock.generators.text.constraint.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.penstock.generators.text.constraint.expression.Budget;
import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.constraint.expression.Texts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a JSON Schema means here: random texts of its language are valid to an independent validator (networknt's), the
/// texts that people expect are in it, and what cannot be kept is refused by name and place.
class SchemaCompilerTest {

  private static final String COPY =
      """
      {"type": "object", "required": ["headline", "body", "cta"], "additionalProperties": false, "properties": {
        "headline": {"type": "string", "maxLength": 60}, "body": {"type": "string", "minLength": 3, "maxLength": 200},
        "cta": {"enum": ["Buy now", "Learn \\"more\\""]}}}""";

  @ParameterizedTest
  @ValueSource(strings = {
      COPY,
      "{'type': 'string'}",
      "{'type': 'string', 'minLength': 2, 'maxLength': 5}",
      "{'type': 'string', 'pattern': '^[A-Z][a-z]+$'}",
      "{'type': 'string', 'pattern': '[A-Z]', 'minLength': 3, 'maxLength': 6}",
      "{'type': 'string', 'pattern': '^a|b$', 'maxLength': 4}",
      "{'type': 'string', 'format': 'date'}",
      "{'type': 'string', 'format': 'time'}",
      "{'type': 'string', 'format': 'date-time'}",
      "{'type': 'string', 'format': 'uuid'}",
      "{'type': 'string', 'format': 'ipv4'}",
      "{'type': 'integer'}",
      "{'type': 'integer', 'minimum': -17, 'maximum': 1204}",
      "{'type': 'integer', 'exclusiveMinimum': 9, 'exclusiveMaximum': 100}",
      "{'type': 'integer', 'maximum': -3}",
      "{'type': 'number'}",
      "{'type': 'number', 'minimum': -2, 'maximum': 3}",
      "{'type': 'number', 'exclusiveMinimum': 0, 'exclusiveMaximum': 1}",
      "{'type': 'number', 'exclusiveMinimum': -1, 'maximum': 0}",
      "{'type': ['string', 'null'], 'maxLength': 3}",
      "{'type': 'boolean'}",
      "{'enum': ['a', 1, null, {'b': [true]}]}",
      "{'const': 'a\\tb\\u0001\\u00e9'}",
      "{'type': 'array', 'items': {'type': 'integer', 'minimum': 1, 'maximum': 5}}",
      "{'type': 'array', 'items': {'type': 'boolean'}, 'minItems': 2, 'maxItems': 3}",
      "{'type': 'array', 'items': {'type': 'boolean'}, 'maxItems': 0}",
      "{'anyOf': [{'type': 'integer'}, {'type': 'string', 'maxLength': 2}]}",
      "{'type': 'object', 'properties': {'a': {'type': 'integer'}, 'b': {'type': 'null'}, 'c': {'const': 1}}, 'required': ['b']}",
      "{'$defs': {'p': {'type': 'object', 'properties': {'x': {'type': 'boolean'}}, 'required': ['x']}}, 'type': 'object', 'properties': {'one': {'$ref': '#/$defs/p'}, 'two': {'$ref': '#/$defs/p'}}, 'required': ['one']}"})
  void writesOnlyWhatAnIndependentValidatorTakes(String quoted) {
    String schema = quoted.replace('\'', '"');
    Expression language = SchemaCompiler.compile(schema, new Budget()).language();
    JsonSchema validator = validator(schema);
    for (int seed = 0; seed < 60; seed++) {
      String text = Texts.draw(language, new Random(seed), seed % 4 == 0 ? 0 : 40);
      assertThat(validator.validate(text, InputFormat.JSON, c -> c.getExecutionConfig().setFormatAssertionsEnabled(true)))
          .as("seed %d: %s", seed, text)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{'type': 'string', 'maxLength': 3}                   | '\\\"é€'     | '\\\"é€x'",
      "{'type': 'string'}                                   | 'a\\nb'      | 'a\\u0041'",
      "{'type': 'integer', 'minimum': -17, 'maximum': 1204} | 1199         | 1205",
      "{'type': 'integer', 'minimum': -17, 'maximum': 1204} | -17          | -18",
      "{'type': 'integer', 'minimum': 0}                    | 0            | 007",
      "{'type': 'number', 'exclusiveMinimum': 0}            | 0.5          | 0.0",
      "{'type': 'number', 'minimum': -1, 'maximum': 1}      | -0.25        | -1.5",
      "{'type': 'array', 'items': {'const': 1}}             | [1,1,1]      | [1, 1]",
      "{'type': 'string', 'pattern': 'boot'}                | 'red boots'  | 'red bots'",
      "{'type': 'object', 'properties': {'a': {'const': 1}, 'b': {'const': 2}}} | {'b':2}  | {'b':2,'a':1}"})
  void writesCompactJsonWithKeysInOrder(String schema, String in, String out) {
    Expression language = SchemaCompiler.compile(schema.replace('\'', '"'), new Budget()).language();

    assertThat(Texts.matches(language, in.replace('\'', '"'))).isTrue();
    assertThat(Texts.matches(language, out.replace('\'', '"'))).isFalse();
  }

  @Test
  void countsCharactersAndNotBytes() {
    Expression language = SchemaCompiler.compile("{\"type\": \"string\", \"maxLength\": 2}", new Budget()).language();

    assertThat(Texts.matches(language, "\"𝄞𝄞\"")).isTrue();
    assertThat(Texts.matches(language, "\"𝄞𝄞𝄞\"")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{'type': 'string', 'minLength': 9, 'maxLength': 5} | minLength 9 is above maxLength 5, so no string is possible",
      "{'type': 'object', 'properties': {'a': {'type': 'string', 'not': {}}}} | at /properties/a the keyword not is not supported beside type string; supported are format, maxLength, minLength, pattern, type",
      "{'type': 'integer', 'multipleOf': 2} | the keyword multipleOf is not supported beside type integer; supported are exclusiveMaximum, exclusiveMinimum, maximum, minimum, type",
      "{'oneOf': []} | the keyword oneOf is not supported; supported are $ref, anyOf, const, enum, type",
      "{} | has no type; one of type, enum, const, anyOf, $ref is needed",
      "[1] | is no JSON object; a schema is one",
      "{'type': 'text'} | at /type stands `text`; types are object, array, string, integer, number, boolean, null",
      "{'type': 'object'} | is an object without properties; name those that are to be written",
      "{'type': 'object', 'properties': {'a': {'const': 1}}, 'required': ['b']} | at /required stands `b`, which properties does not describe, so it could not be written",
      "{'type': 'object', 'properties': {'a': {'const': 1}}, 'additionalProperties': {'type': 'string'}} | at /additionalProperties stands no true or false; others than the named are never written",
      "{'type': 'array'} | is an array without items; say what it holds",
      "{'type': 'string', 'format': 'uri'} | at /format stands uri; supported are date, date-time, ipv4, time, uuid",
      "{'type': 'string', 'pattern': '(?=a)'} | at /pattern stands a regular expression that cannot be used: at character 1 stands a look-ahead, which is not supported",
      "{'type': 'string', 'pattern': '^a{9}$', 'maxLength': 5} | no string has both the pattern and the length",
      "{'type': 'number', 'minimum': 0.5} | at /minimum stands 0.5; a whole number of at most 15 digits is supported",
      "{'type': 'integer', 'minimum': 5, 'maximum': 4} | no integer lies between the lower end 5 and the upper end 4",
      "{'const': 1, 'examples': [1, 2]} | at /examples/1 stands an example that the schema itself does not allow (keys stand in the order of properties)",
      "{'enum': [1], 'type': 'string'} | at /enum stands 1, which is no string",
      "{'$ref': '#/$defs/missing'} | $ref is #/$defs/missing; only what stands below #/$defs/ of the same schema is found",
      "{'$defs': {'a': {'$ref': '#/$defs/a'}}, '$ref': '#/$defs/a'} | at /$defs/a lies deeper than 16 levels; a $ref to itself is not supported"})
  void refusesByNameAndPlace(String schema, String sentence) {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> SchemaCompiler.compile(schema.replace('\'', '"'), new Budget()))
        .withMessage(sentence.replace('`', '"'));
  }

  @Test
  void saysWhereASchemaIsNoJson() {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> SchemaCompiler.compile("{\n  \"type\": string}", new Budget()))
        .withMessageStartingWith("is no JSON at line 2, column ");
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> SchemaCompiler.compile("{\"type\": \"null\", \"type\": \"null\"}", new Budget()))
        .withMessageContaining("Duplicate field 'type'");
  }

  private static JsonSchema validator(String schema) {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
  }
}
