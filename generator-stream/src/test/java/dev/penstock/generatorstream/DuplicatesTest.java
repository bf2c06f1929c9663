package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.StreamUnderTest.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException;
import dev.penstock.schemas.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The same id gives content once. What used no id up may be sent again.
final class DuplicatesTest {

  private static final GenerationException BROKEN = new GenerationException.Broken("POISON", "it broke", null);

  private final StreamUnderTest stream = new StreamUnderTest();

  @AfterEach
  void close() {
    stream.close();
  }

  private void answer() {
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
  }

  @Test
  void aSecondPromptWithTheIdOfOneThatHasNotEndedIsADuplicate() {
    stream.send(prompt("p"));
    stream.send(prompt("p").setText("something else"));
    assertThat(stream.outcome())
        .extracting("promptId", "outcome", "reason", "duplicateOf", "message")
        .containsExactly(
            "p",
            Outcome.DUPLICATE_OF,
            "DUPLICATE_ID",
            "p",
            "a prompt with this id, of offset 0 of this partition, has not ended yet");
    answer();
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(stream.contents()).hasSize(1);
  }

  @Test
  void theSameAfterItsContentWasMadeForAsLongAsTheWindowLasts() {
    stream.send(prompt("p"));
    answer();
    stream.outcome();
    stream.pass(Duration.ofHours(23));
    stream.send(prompt("p"));
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.DUPLICATE_OF);
    assertThat(stream.engine.open).isEmpty();

    stream.pass(Duration.ofHours(2));
    stream.send(prompt("p"));
    assertThat(stream.engine.open).as("nobody knows it any more").hasSize(1);
  }

  @Test
  void aCancelledIdIsUsedUp() {
    stream.send(prompt("p"));
    stream.cancel("p");
    stream.send(prompt("p"));
    assertThat(stream.outcomes()).extracting("outcome").containsExactly(Outcome.CANCELLED, Outcome.DUPLICATE_OF);
  }

  @Test
  void whatWasRejectedOrExpiredMayBeSentAgain() {
    stream.send(prompt("p"));
    stream.engine.open.getFirst().fail(new GenerationException.Rejected("CONTEXT_OVERFLOW", "too long"));
    stream.harvest();
    stream.send(prompt("p"));
    stream.engine.open.getFirst().fail(new GenerationException.Expired("late"));
    stream.harvest();
    stream.send(prompt("p"));
    answer();
    assertThat(stream.outcomes())
        .extracting("outcome")
        .containsExactly(Outcome.REJECTED, Outcome.EXPIRED, Outcome.COMPLETED);
  }

  @Test
  void aDeadLetterComesBackAsAReplayOnlyAndOnlyOnce() {
    stream.send(prompt("p"));
    stream.engine.open.getFirst().fail(BROKEN);
    stream.harvest();
    stream.send(prompt("p"));
    assertThat(stream.outcomes()).extracting("outcome").containsExactly(Outcome.DEAD_LETTERED, Outcome.DUPLICATE_OF);

    stream.send(prompt("p").setReplayOf("penstock.prompts.v1-0@0"));
    stream.send(prompt("p").setReplayOf("penstock.prompts.v1-0@0"));
    assertThat(stream.outcome().getOutcome()).as("the replay runs").isEqualTo(Outcome.DUPLICATE_OF);
    answer();
    assertThat(stream.outcome()).extracting("outcome", "replayOf").containsExactly(Outcome.COMPLETED, "penstock.prompts.v1-0@0");
    stream.send(prompt("p").setReplayOf("penstock.prompts.v1-0@0"));
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.DUPLICATE_OF);
    assertThat(stream.contents()).hasSize(1);
  }

  @Test
  void aReplayThatFailsAgainMayBeReplayedAgain() {
    for (int i = 0; i < 3; i++) {
      stream.send(prompt("p").setReplayOf(i == 0 ? null : "x"));
      stream.engine.open.getFirst().fail(BROKEN);
      stream.harvest();
    }
    assertThat(stream.outcomes()).extracting("outcome").containsOnly(Outcome.DEAD_LETTERED).hasSize(3);
  }

  @Test
  void theLatestIdsAreKeptWhenThereAreMoreThanMayBe() {
    for (int i = 0; i < 2_000; i++) {
      stream.send(prompt("p" + i));
      answer();
    }
    stream.outcomes();
    for (String id : List.of("p0", "p1999")) stream.send(prompt(id));
    assertThat(stream.outcomes()).extracting("promptId", "outcome").containsExactly(
        org.assertj.core.groups.Tuple.tuple("p1999", Outcome.DUPLICATE_OF));
    assertThat(stream.engine.open).as("p0 is not known any more").hasSize(1);
  }
}
