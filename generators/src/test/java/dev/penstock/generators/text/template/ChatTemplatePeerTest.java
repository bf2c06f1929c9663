package dev.penstock.generators.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.generators.text.template.syntax.TemplateException.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Specifies that templates in the style of each model family, and each feature alone, give what the peers give, to
/// the character: the same text, the same words of `raise_exception`, or a failure where the peer fails.
class ChatTemplatePeerTest {
  @ParameterizedTest
  @ValueSource(strings = {
      "chatml-default-system", "chatml-tools", "chatml-thinking", "llama2", "llama3", "llama3-tools-and-date",
      "mistral", "mistral-tools", "gemma", "gemma-parts", "phi3", "zephyr", "deepseek-thinking", "command-r",
      "command-r-grounded", "generation-marks", "channels", "vicuna"})
  void rendersEveryConversationAsThePeerDoes(String family) {
    String template = PeerCase.template("families/" + family + ".jinja");

    assertThat(PeerCase.read("families/" + family + ".json"))
        .hasSizeGreaterThan(30)
        .allSatisfy(one -> agrees(one, one.outcome(template)));
  }

  @TestFactory
  Stream<DynamicTest> givesEachFeatureThePeersMeaning() {
    return PeerCase.read("features.json").stream()
        .map(one -> dynamicTest(one.group() + ": " + one.source(), () -> agrees(one, one.outcome(one.source()))));
  }

  private static void agrees(PeerCase one, PeerCase.Outcome outcome) {
    if (one.expected() != null) {
      assertThat(outcome.error()).as(one.name()).isNull();
      assertThat(outcome.text()).as(one.name()).isEqualTo(one.expected());
      return;
    }
    assertThat(outcome.error()).as("%s, where the peer says: %s", one.name(), one.refused()).isNotNull();
    if (one.raised() != null) {
      assertThat(outcome.error().sentence()).isEqualTo(one.raised());
      assertThat(outcome.error().kind()).isEqualTo(Kind.RAISED);
    } else {
      assertThat(outcome.error().kind()).isIn(Kind.SYNTAX, Kind.RENDERING, Kind.LIMIT);
    }
  }
}
