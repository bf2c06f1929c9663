package dev.penstock.producer.answers;

import static dev.penstock.producer.answers.Answers.chunks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.framing.TrustedClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Chunks become texts. Those of two executions are never mixed, whatever order they come in, and only a content record
/// makes a text more than a preview.
class StreamedTextsTest {

  static {
    TrustedClasses.declare();
  }

  private static final String BODY = "Boots that never quit";

  private final StreamedTexts texts = new StreamedTexts();
  private final StringBuilder shown = new StringBuilder();

  /// Shows as a screen does: a text that begins takes the place of the one before.
  private void show(ContentChunk chunk) {
    texts
        .add(chunk)
        .ifPresent(
            progress -> {
              switch (progress) {
                case StreamedTexts.Progress.Began began -> {
                  shown.setLength(0);
                  shown.append(began.text());
                }
                case StreamedTexts.Progress.WentOn more -> shown.append(more.text());
              }
            });
  }

  private static ContentGenerated content(String executionId, int chunkCount) {
    ContentGenerated content = Answers.content("p", 0, BODY);
    return ContentGenerated.newBuilder(content)
        .setExecutionId(executionId)
        .setChunkCount(chunkCount)
        .setChunksSha256(content.getBodySha256())
        .build();
  }

  private StreamedTexts.End seal(ContentGenerated content) {
    return texts.seal(content, BODY.getBytes(UTF_8));
  }

  @Test
  void theChunksOfTheNamedExecutionAreTheContent() {
    chunks("p", "a", "Boots", " that never", " quit").forEach(this::show);

    assertThat(shown).hasToString(BODY);
    assertThat(seal(content("a", 3))).isEqualTo(new StreamedTexts.End.Sealed("", true));
  }

  @Test
  void whatWasNotReadYetIsTheRest() {
    chunks("p", "a", "Boots", " that never", " quit").subList(0, 2).forEach(this::show);

    assertThat(seal(content("a", 3))).isEqualTo(new StreamedTexts.End.Sealed(" quit", false));
  }

  /// The process of the first was killed; a frozen one may even write on.
  @Test
  void anotherExecutionBeginsAnewAndTheFirstIsDropped() {
    List<ContentChunk> killed = chunks("p", "a", "Boots", " of", " steel");
    List<ContentChunk> again = chunks("p", "b", "Boots", " that never quit");

    show(killed.get(0));
    show(killed.get(1));
    show(again.get(0));
    show(killed.get(2));
    show(again.get(1));

    assertThat(shown).hasToString(BODY);
    assertThat(seal(content("b", 2))).isEqualTo(new StreamedTexts.End.Sealed("", true));
  }

  @Test
  void anExecutionThatIsNeverSealedIsReplacedByTheContent() {
    chunks("p", "a", "Boots", " of steel").forEach(this::show);
    assertThat(seal(content("b", 2))).isEqualTo(new StreamedTexts.End.Replaced(BODY, true));
    assertThat(texts.add(chunks("p", "c", "late").getFirst())).as("nothing follows the content").isEmpty();
  }

  @Test
  void withoutTheBeginningNothingIsShown() {
    chunks("p", "a", "Boots", " that never", " quit").subList(1, 3).forEach(this::show);
    assertThat(shown).isEmpty();
    assertThat(seal(content("a", 3))).isEqualTo(new StreamedTexts.End.Replaced(BODY, false));
  }

  @Test
  void afterAGapNothingMoreIsShown() {
    List<ContentChunk> all = chunks("p", "a", "Boots", " that never", " quit");
    show(all.get(0));
    show(all.get(2));
    assertThat(shown).hasToString("Boots");
    assertThat(seal(content("a", 3))).isEqualTo(new StreamedTexts.End.Replaced(BODY, true));
  }

  @Test
  void aChunkThatComesTwiceIsShownOnce() {
    List<ContentChunk> all = chunks("p", "a", "Boots", " that never", " quit");
    for (ContentChunk chunk : all) {
      show(chunk);
      show(chunk);
    }
    assertThat(shown).hasToString(BODY);
  }

  /// Any number of executions, their chunks shuffled together in any way that keeps each one's order.
  @Test
  void noOrderOfChunksMixesTwoExecutions() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, List<ContentChunk>> waiting = new java.util.HashMap<>();
      for (String execution : List.of("a", "b", "c"))
        waiting.put(execution, new ArrayList<>(chunks("p", execution, execution, execution, execution, execution)));
      StreamedTexts reader = new StreamedTexts();
      StringBuilder screen = new StringBuilder();
      while (!waiting.isEmpty()) {
        List<String> left = waiting.keySet().stream().sorted().toList();
        String execution = left.get(random.nextInt(left.size()));
        List<ContentChunk> queue = waiting.get(execution);
        reader.add(queue.removeFirst()).ifPresent(progress -> write(screen, progress));
        if (queue.isEmpty()) waiting.remove(execution);
        assertThat(screen.chars().distinct().count()).as("seed %d shows '%s'", seed, screen).isLessThanOrEqualTo(1);
      }
    }
  }

  private static void write(StringBuilder screen, StreamedTexts.Progress progress) {
    assertThat(progress.contentId()).isEqualTo(Ids.contentId("p", 0));
    switch (progress) {
      case StreamedTexts.Progress.Began began -> {
        screen.setLength(0);
        screen.append(began.text());
      }
      case StreamedTexts.Progress.WentOn more -> screen.append(more.text());
    }
  }
}
