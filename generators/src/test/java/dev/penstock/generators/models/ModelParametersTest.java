package dev.penstock.generators.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A prompt's string parameters become typed values with the manifest's defaults filled in, or one sentence says
/// which is wrong and what is allowed.
class ModelParametersTest {

  private static final ModelParameters PARAMETERS = parameters();

  private static ModelParameters parameters() {
    var specs = new LinkedHashMap<String, ParameterSpec>();
    specs.put("temperature", new ParameterSpec.NumberParameter(0, 2, 0.4, ""));
    specs.put("maxTokens", new ParameterSpec.IntegerParameter(1, 256, 64L, ""));
    specs.put("class", new ParameterSpec.StringParameter(List.of("t-shirt", "trouser"), null, ""));
    specs.put("echo", new ParameterSpec.BooleanParameter(false, ""));
    return new ModelParameters(specs);
  }

  @Test
  void fillsInDefaultsAndLeavesOutWhatHasNone() {
    assertThat(PARAMETERS.validate(Map.of())).containsExactly(
        Map.entry("temperature", 0.4), Map.entry("maxTokens", 64L), Map.entry("echo", false));
  }

  @Test
  void typesWhatIsGiven() {
    var given = Map.of("temperature", "1.5e0", "maxTokens", "256", "class", "trouser", "echo", "true");

    assertThat(PARAMETERS.validate(given)).containsExactly(Map.entry("temperature", 1.5),
        Map.entry("maxTokens", 256L), Map.entry("class", "trouser"), Map.entry("echo", true));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      temperature | 2.01    | Parameter temperature is '2.01'; a number from 0 to 2 is allowed.
      temperature | NaN     | Parameter temperature is 'NaN'; a number from 0 to 2 is allowed.
      temperature | 1f      | Parameter temperature is '1f'; a number from 0 to 2 is allowed.
      temperature | ``      | Parameter temperature is ''; a number from 0 to 2 is allowed.
      temperature | 0x1p0   | Parameter temperature is '0x1p0'; a number from 0 to 2 is allowed.
      temperature | 1e999   | Parameter temperature is '1e999'; a number from 0 to 2 is allowed.
      maxTokens   | 0       | Parameter maxTokens is '0'; a whole number from 1 to 256 is allowed.
      maxTokens   | 12.5    | Parameter maxTokens is '12.5'; a whole number from 1 to 256 is allowed.
      maxTokens   | 99999999999999999999 | Parameter maxTokens is '99999999999999999999'; a whole number from 1 to 256 is allowed.
      class       | skirt   | Parameter class is 'skirt'; one of t-shirt, trouser is allowed.
      echo        | TRUE    | Parameter echo is 'TRUE'; true or false is allowed.
      temprature  | 1       | Parameter temprature (value '1') is not known; this model takes temperature, maxTokens, class, echo. Did you mean temperature?
      max_tokens  | 1       | Parameter max_tokens (value '1') is not known; this model takes temperature, maxTokens, class, echo. Did you mean maxTokens?
      seed        | 1       | Parameter seed (value '1') is not known; this model takes temperature, maxTokens, class, echo.
      """)
  void refusesWithOneSentence(String name, String value, String sentence) {
    assertThatThrownBy(() -> PARAMETERS.validate(Map.of(name, value)))
        .isInstanceOfSatisfying(InvalidParameterException.class, refused -> {
          assertThat(refused).hasMessage(sentence);
          assertThat(refused.parameter()).isEqualTo(name);
          assertThat(refused.value()).isEqualTo(value);
        });
  }

  @Test
  void shortensLongValuesAndShowsThemOnOneLine() {
    assertThatThrownBy(() -> PARAMETERS.validate(Map.of("class", "a\nb" + "x".repeat(5_000))))
        .hasMessageContaining("'a bxxx").hasMessageContaining("…'").hasMessageMatching(".{100,200}");
  }

  @Test
  void saysSoWhenAModelTakesNoParameters() {
    assertThatThrownBy(() -> new ModelParameters(Map.of()).validate(Map.of("a", "1")))
        .hasMessage("Parameter a (value '1') is not known; this model takes no parameters.");
  }
}
