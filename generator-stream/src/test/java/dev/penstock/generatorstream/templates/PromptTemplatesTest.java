package dev.penstock.generatorstream.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.generators.Input;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A folder of templates: what a file may say, what a prompt may set, and what becomes of the two.
class PromptTemplatesTest {

  private static final String AD =
      """
      name: ad
      version: 3
      variables:
        product: {type: string, maxLength: 20}
        price: {type: number, minimum: 0, maximum: 100, required: false}
        count: {type: integer, default: 2, minimum: 1, maximum: 5}
        tone: {choices: [plain, loud], default: plain}
        sale: {type: boolean, default: false}
      messages:
        - {role: system, content: "Be {{ tone }}."}
        - role: user
          content: >-
            {{ count }} lines on {{ product }}{% if price %} at {{ price }}{% endif %}{% if sale %}, on sale{% endif %}.
      """;

  @TempDir Path folder;

  private PromptTemplates templates(String... files) throws IOException {
    for (int i = 0; i < files.length; i++) Files.writeString(folder.resolve("t" + i + ".yaml"), files[i]);
    return PromptTemplates.open(folder, Map.of());
  }

  private Input filled(Map<String, String> variables) throws Exception {
    return templates(AD).named("ad").fill(variables).input();
  }

  @Test
  void defaultsFillWhatIsNotSetAndOptionalVariablesAreFalse() throws Exception {
    assertThat(filled(Map.of("product", "tea")))
        .isEqualTo(
            new Input.Chat(
                java.util.List.of(
                    new Input.Message("system", "Be plain."), new Input.Message("user", "2 lines on tea."))));
    assertThat(filled(Map.of("product", "tea", "price", "4.5", "sale", "true", "count", "1", "tone", "loud")))
        .isEqualTo(
            new Input.Chat(
                java.util.List.of(
                    new Input.Message("system", "Be loud."),
                    new Input.Message("user", "1 lines on tea at 4.5, on sale."))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price=1            | MISSING_VARIABLE | the variable product of template ad@3 is not set",
        "product=tea,cost=1 | UNKNOWN_VARIABLE | takes product, price, count, tone, sale",
        "product=tea,price=101 | INVALID_VARIABLE | it takes a number from 0 to 100",
        "product=tea,count=many | INVALID_VARIABLE | it takes a whole number from 1 to 5",
        "product=tea,tone=rude | INVALID_VARIABLE | it takes one of plain, loud",
        "product=a-tea-with-a-very-long-name | INVALID_VARIABLE | text of at most 20 characters",
      })
  void aWrongVariableIsNamedAndWhatIsAllowed(String variables, String reason, String sentence) throws Exception {
    PromptTemplate ad = templates(AD).named("ad");
    Map<String, String> given = new java.util.HashMap<>();
    for (String one : variables.split(",")) given.put(one.split("=")[0], one.split("=")[1]);

    TemplateRefusal refusal = catchThrowableOfType(TemplateRefusal.class, () -> ad.fill(given));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.sentence()).contains(sentence);
  }

  /// Product data is data: what looks like a template in it stays as it is.
  @Test
  void valuesAreNeverReadAsTemplates() throws Exception {
    Input.Chat chat = (Input.Chat) filled(Map.of("product", "{{ tone }}{% x %}"));
    assertThat(chat.messages().getLast().content()).isEqualTo("2 lines on {{ tone }}{% x %}.");
  }

  @Test
  void aTemplateThatWritesTooMuchIsStopped() throws Exception {
    PromptTemplate endless =
        templates(
                """
                name: endless
                version: 1
                variables: {word: {}}
                text: "{% for i in range(900) %}{{ word }}{% endfor %}"
                """)
            .named("endless");
    TemplateRefusal refusal = catchThrowableOfType(TemplateRefusal.class, () -> endless.fill(Map.of("word", "x".repeat(2000))));
    assertThat(refusal.reason()).isEqualTo("TEXT_TOO_LONG");
  }

  @Test
  void theNewestVersionIsTakenUnlessOneIsNamed() throws Exception {
    PromptTemplates templates =
        templates("{name: a, version: 2, text: new}", "{name: a, version: 1, text: old}", "{name: a, version: 10, text: newest}");
    assertThat(templates.named("a").reference()).isEqualTo("a@10");
    assertThat(templates.named("a@1").fill(Map.of()).input()).isEqualTo(new Input.Text("old"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: A b, version: 1, text: x} | name is 'A b'",
        "{name: a, version: 0, text: x} | version is 0; allowed is a whole number from 1",
        "{name: a, version: 1} | text or messages must be there",
        "{name: a, version: 1, text: x, messages: []} | only one of them",
        "{name: a, version: 1, text: '{{ product }}'} | uses product, which is no variable of the template",
        "{name: a, version: 1, text: '{% if %}'} | line 1",
        "{name: a, version: 1, texts: x} | Unrecognized field \"texts\"",
        "{name: a, version: 1, variables: {p: {type: date}}, text: x} | allowed are string, number, integer, boolean",
        "{name: a, version: 1, variables: {p: {type: integer, default: x}}, text: x} | has the default 'x'",
        "{name: a, version: 1, messages: [{role: robot, content: x}]} | role 'robot'",
        "{name: a, version: 1, text: '{{ strftime_now(1) }}'} | uses strftime_now",
        "[1, 2 | t0.yaml",
      })
  void aFileThatCannotBeReadIsNamedWithWhatIsWrong(String file, String sentence) {
    assertThatThrownBy(() -> templates(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("t0.yaml")
        .hasMessageContaining(sentence);
  }

  @Test
  void twoFilesOfOneVersionAreRefused() {
    assertThatThrownBy(() -> templates("{name: a, version: 1, text: x}", "{name: a, version: 1, text: y}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a changed template takes the next version");
  }

  /// The bundled templates are those of the repository.
  @Test
  void theBundledTemplatesWork() throws Exception {
    Map<String, String> home = Map.of("PENSTOCK_HOME", Path.of("..").toAbsolutePath().toString());
    PromptTemplates bundled = PromptTemplates.open(null, home);
    assertThat(bundled.named("product-slogan").fill(Map.of("product", "a kettle", "audience", "hikers")).input())
        .isEqualTo(new Input.Text("Write one short advertising slogan for a kettle, for hikers."));
    Input.Chat ad =
        (Input.Chat) bundled.named("brand-ad").fill(Map.of("brand", "Acme", "product", "a kettle", "price", "39")).input();
    assertThat(ad.messages().getLast().content()).isEqualTo("Write 2 sentences that advertise a kettle for 39 EUR.");
  }
}
