package dev.penstock.standalone.recount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.standalone.recount.Entry.Content;
import dev.penstock.standalone.recount.Entry.Outcome;
import dev.penstock.standalone.recount.Entry.Prompt;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The account is right if every prompt record has exactly one outcome, in its partition and with its key, and every
/// content an outcome names is there, once, whole and of that prompt. Every way to be wrong is found.
class LedgerTest {

  private static final Position P0 = new Position("prompts", 2, 0);
  private static final Position P1 = new Position("prompts", 2, 1);
  private static final Position O0 = new Position("outcomes", 2, 0);
  private static final Position O1 = new Position("outcomes", 2, 1);
  private static final Position C0 = new Position("content", 2, 0);
  private static final Position C1 = new Position("content", 2, 1);

  private final Ledger ledger = new Ledger();

  @Test
  void isSettledWhenEverythingIsThereOnce() {
    ledger.add(prompt(P0, "a", 2));
    ledger.add(new Prompt(P1, null, null, OptionalInt.empty()));
    ledger.add(outcome(O0, P0, "COMPLETED", "c0", "c1"));
    ledger.add(new Outcome(O1, null, null, P1, "DEAD_LETTERED", List.of()));
    ledger.add(content(C0, "c0", "a"));
    ledger.add(content(C1, "c1", "a"));

    Report report = ledger.report();

    assertThat(report.faults()).isEmpty();
    assertThat(report.isSettled()).isTrue();
    assertThat(report.summary())
        .isEqualTo(
            "2 prompt records, 2 outcomes (1 COMPLETED, 1 DEAD_LETTERED), 2 contents, 0 in flight, 0 faults");
  }

  @Test
  void countsAPromptWithoutOutcomeAsInFlightWithTheContentItHasAlready() {
    ledger.add(prompt(P0, "a", 2));
    ledger.add(content(C0, "c0", "a"));

    Report report = ledger.report();

    assertThat(report.faults()).isEmpty();
    assertThat(report.inFlight()).isOne();
    assertThat(report.isSettled()).isFalse();
  }

  @Test
  void findsASecondOutcome() {
    completeOne();
    ledger.add(outcome(O1, P0, "COMPLETED", "c0"));

    assertFault("prompt record prompts-2@0 has two outcomes, outcomes-2@0 and outcomes-2@1");
  }

  @Test
  void findsAnOutcomeOfNothing() {
    completeOne();
    ledger.add(outcome(O1, P1, "REJECTED"));

    assertFault("outcome outcomes-2@1 answers prompts-2@1, where no prompt record lies");
  }

  @Test
  void knowsThatPromptRecordsAreDeletedBeforeTheirOutcomes() {
    ledger.promptsBeginAt(2, 1);
    ledger.add(outcome(O0, P0, "COMPLETED", "c0"));
    ledger.add(content(C0, "c0", "a"));

    assertThat(ledger.report().isSettled()).isTrue();
  }

  @Test
  void findsAnOutcomeInAnotherPartition() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(outcome(new Position("outcomes", 3, 0), P0, "REJECTED"));

    assertFault("outcome outcomes-3@0 lies in another partition than its prompt record prompts-2@0");
  }

  @Test
  void findsAnOutcomeWithAnotherKey() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(new Outcome(O0, "00", "a", P0, "REJECTED", List.of()));

    assertFault("outcome outcomes-2@0 has another key than its prompt record prompts-2@0");
  }

  @Test
  void findsContentThatIsMissing() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(outcome(O0, P0, "COMPLETED", "c0"));

    assertFault("outcome outcomes-2@0 names content c0, which is not on the topic");
  }

  @Test
  void findsContentThatIsThereTwice() {
    completeOne();
    ledger.add(content(C1, "c0", "a"));

    assertFault("content c0 is there twice, content-2@0 and content-2@1");
  }

  @Test
  void findsContentThatNobodyNames() {
    completeOne();
    ledger.add(content(C1, "c1", "a"));

    assertFault("content c1 at content-2@1 is named by no outcome");
  }

  @Test
  void findsContentOfAnotherPrompt() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(outcome(O0, P0, "COMPLETED", "c0"));
    ledger.add(content(C0, "c0", "b"));

    assertFault("content c0 is of prompt b, outcome outcomes-2@0 of a");
  }

  @Test
  void findsContentElsewhereThanItsOutcome() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(outcome(O0, P0, "COMPLETED", "c0"));
    ledger.add(content(new Position("content", 1, 0), "c0", "a"));

    assertFault("content c0 at content-1@0 has not the partition and key of its outcome outcomes-2@0");
  }

  @Test
  void findsContentWhoseBodyIsNotWhole() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(outcome(O0, P0, "COMPLETED", "c0"));
    ledger.add(new Content(C0, "61", "c0", "a", "its body has not the SHA-256 of the record"));

    assertFault("content c0: its body has not the SHA-256 of the record");
  }

  @Test
  void findsACompletedPromptWithTooLittleContent() {
    ledger.add(prompt(P0, "a", 2));
    ledger.add(outcome(O0, P0, "COMPLETED", "c0"));
    ledger.add(content(C0, "c0", "a"));

    assertFault("outcome outcomes-2@0 names 1 contents, the prompt asks for 2");
  }

  @Test
  void findsACompletedPromptWithoutContent() {
    ledger.add(new Prompt(P0, "61", "a", OptionalInt.empty()));
    ledger.add(outcome(O0, P0, "PARTIAL"));

    assertFault("outcome outcomes-2@0 is PARTIAL and names no content");
  }

  @Test
  void findsContentOfARejectedPrompt() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(outcome(O0, P0, "REJECTED", "c0"));
    ledger.add(content(C0, "c0", "a"));

    assertFault("outcome outcomes-2@0 is REJECTED and names content");
  }

  private void completeOne() {
    ledger.add(prompt(P0, "a", 1));
    ledger.add(outcome(O0, P0, "COMPLETED", "c0"));
    ledger.add(content(C0, "c0", "a"));
  }

  private void assertFault(String sentence) {
    Report report = ledger.report();
    assertThat(report.faults()).containsExactly(sentence);
    assertThat(report.isSettled()).isFalse();
  }

  /// `61` is the key "a" in hex.
  private static Prompt prompt(Position at, @Nullable String id, int variants) {
    return new Prompt(at, "61", id, OptionalInt.of(variants));
  }

  private static Outcome outcome(Position at, Position source, String outcome, String... contentIds) {
    return new Outcome(at, "61", "a", source, outcome, List.of(contentIds));
  }

  private static Content content(Position at, String id, String promptId) {
    return new Content(at, "61", id, promptId, null);
  }
}
