package dev.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.ChatMessage;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.Priority;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.TrustedClasses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A prompt is set field by field from texts. Each text that is not allowed, and each rule of the contract that the
/// whole breaks, is answered with a sentence that says what is allowed.
class PromptDraftTest {

  @BeforeAll
  static void trustOurRecords() {
    TrustedClasses.declare();
  }

  @Test
  void everyFieldCanBeSetFromItsText() {
    PromptRequested prompt =
        text("a slogan for tea")
            .set(PromptField.PROMPT_ID, "p-1")
            .set(PromptField.TENANT, "acme")
            .set(PromptField.CAMPAIGN, "spring")
            .set(PromptField.MODALITY, "Text")
            .set(PromptField.MODEL, "tiny-copywriter@1.0.0")
            .set(PromptField.SEED, "-7")
            .set(PromptField.VARIANTS, "2")
            .set(PromptField.CANDIDATES, "4")
            .set(PromptField.PRIORITY, "urgent")
            .set(PromptField.DEADLINE, "2026-11-30T18:00:00.123456+01:00")
            .set(PromptField.TTL, "5m")
            .set(PromptField.ORDER_KEY, "customer 9")
            .set(PromptField.REROLL_OF, "p-0")
            .parameter("temperature", "0.4")
            .build();

    assertThat(prompt)
        .isEqualTo(
            PromptRequested.newBuilder()
                .setText("a slogan for tea")
                .setPromptId("p-1")
                .setTenant("acme")
                .setCampaign("spring")
                .setModality(Modality.TEXT)
                .setModel("tiny-copywriter@1.0.0")
                .setSeed(-7L)
                .setVariants(2)
                .setCandidates(4)
                .setPriority(Priority.URGENT)
                .setDeadline(Instant.parse("2026-11-30T17:00:00.123Z"))
                .setTtlMs(300_000L)
                .setOrderKey("customer 9")
                .setRerollOf("p-0")
                .setParameters(Map.of("temperature", "0.4"))
                .build());
  }

  @Test
  void anIdIsMadeWhenNoneIsSetAndAnotherForEachPrompt() {
    PromptDraft draft = text("tea");

    String first = draft.build().getPromptId();

    assertThat(UUID.fromString(first).version()).isEqualTo(7);
    assertThat(draft.build().getPromptId()).isGreaterThan(first.substring(0, 8)).isNotEqualTo(first);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    PromptDraft original = text("tea").parameter("topP", "0.9");
    PromptDraft copy = new PromptDraft(original).set(PromptField.TEXT, "coffee").parameter("topP", "0.5");

    assertThat(original.build().getText()).isEqualTo("tea");
    assertThat(original.build().getParameters()).containsEntry("topP", "0.9");
    assertThat(copy.build().getText()).isEqualTo("coffee");
    assertThat(copy.build().getParameters()).containsEntry("topP", "0.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SEED       | 1.5        | seed is '1.5', allowed is a whole number of 64 bits",
        "VARIANTS   | 0          | variants is '0', allowed is a whole number from 1",
        "CANDIDATES | many       | candidates is 'many', allowed is a whole number from 1",
        "MODALITY   | unknown    | modality is 'unknown', allowed is text, image, audio or video",
        "PRIORITY   | asap       | priority is 'asap', allowed is urgent, normal or bulk",
        "DEADLINE   | tomorrow   | deadline is 'tomorrow', allowed is a time such as 2026-11-30T18:00:00+01:00",
        "TTL        | 5          | ttl is '5', allowed is a time span such as 500ms, 30s, 5m or 2h",
        "TTL        | 0s         | ttl is '0s', allowed is a time span such as 500ms, 30s, 5m or 2h"
      })
  void aTextThatIsNotAllowedIsNamed(PromptField field, String text, String sentence) {
    assertThatThrownBy(() -> new PromptDraft().set(field, text))
        .isInstanceOf(InvalidPromptException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "30s, 30000", "5m, 300000", "2h, 7200000"})
  void timeSpansAreANumberAndAUnit(String text, long millis) {
    assertThat(TimeSpan.parse(text)).hasMillis(millis);
  }

  @Test
  void allBrokenRulesAreListed() {
    PromptDraft draft =
        new PromptDraft()
            .set(PromptField.PROMPT_ID, "x".repeat(129))
            .set(PromptField.TENANT, "a\nb")
            .set(PromptField.TEXT, "tea")
            .messages(List.of(new ChatMessage("boss", "write")));

    assertThatThrownBy(draft::build)
        .isInstanceOfSatisfying(
            InvalidPromptException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "promptId is blank, has control characters or more than 128 characters; allowed is 1 to 128 printable characters",
                        "tenant is blank, has control characters or more than 128 characters; allowed is 1 to 128 printable characters",
                        "set only one of text, messages and template",
                        "a message has the role 'boss', allowed are system, user and assistant"));
  }

  @Test
  void aPromptSaysWhatIsWanted() {
    assertThatThrownBy(() -> new PromptDraft().build()).hasMessage("text is not set; say what is wanted, or name a template");
    assertThatThrownBy(() -> text(" ").build()).hasMessage("text is empty; say what is wanted");
  }

  private static PromptDraft text(String text) {
    return new PromptDraft().set(PromptField.TEXT, text);
  }
}
