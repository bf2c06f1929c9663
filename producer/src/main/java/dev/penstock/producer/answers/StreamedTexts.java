package dev.penstock.producer.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Joins chunks to texts, and never those of two executions. An execution may be given up at any time (its process was
/// killed, its batch failed): then another begins, under another id, at its first word. The one that began last is
/// shown, and only a content record makes its text more than a preview. One thread.
public final class StreamedTexts {

  /// Contents that are remembered; of older ones nothing is shown any more.
  private static final int MOST_CONTENTS = 10_000;

  /// What a chunk means to somebody who shows text.
  public sealed interface Progress {

    String contentId();

    /// A text begins. What was shown of this content before is void.
    ///
    /// @param isAnew whether something was
    record Began(String contentId, String executionId, String text, boolean isAnew) implements Progress {}

    /// The shown text goes on.
    record WentOn(String contentId, String executionId, String text) implements Progress {}
  }

  /// What a content record means to somebody who has shown text.
  public sealed interface End {

    /// What was shown is how the content begins.
    ///
    /// @param rest what is still to be shown, often empty
    /// @param isWhole whether all chunks that the record names were there, and are the body
    record Sealed(String rest, boolean isWhole) implements End {}

    /// What was shown is void: this is the content.
    ///
    /// @param isAnew whether something was shown
    record Replaced(String text, boolean isAnew) implements End {}
  }

  private static final class Text {
    private @Nullable String executionId;
    private final StringBuilder text = new StringBuilder();
    private int chunks;
    private boolean isSealed;

    private void begin(String execution) {
      executionId = execution;
      text.setLength(0);
      chunks = 0;
    }

    /// A chunk is missing: what comes after it is not shown.
    private void lose() {
      executionId = null;
    }
  }

  private final Map<String, Text> texts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Text> eldest) {
          return size() > MOST_CONTENTS;
        }
      };

  /// Takes the next chunk of the topic.
  ///
  /// @return empty if it adds nothing: it belongs to an execution that was given up, or whose beginning was not read
  public Optional<Progress> add(ContentChunk chunk) {
    String piece = chunk.getText();
    if (piece == null) return Optional.empty();
    Text text = texts.computeIfAbsent(chunk.getContentId(), id -> new Text());
    if (text.isSealed) return Optional.empty();
    String execution = chunk.getExecutionId();
    boolean begins = chunk.getIndex() == 0 && !execution.equals(text.executionId);
    boolean wasShown = !text.text.isEmpty();
    if (begins) text.begin(execution);
    if (!execution.equals(text.executionId) || chunk.getIndex() < text.chunks) return Optional.empty();
    if (chunk.getIndex() > text.chunks) {
      text.lose();
      return Optional.empty();
    }
    text.chunks++;
    text.text.append(piece);
    return Optional.of(
        begins
            ? new Progress.Began(chunk.getContentId(), execution, piece, wasShown)
            : new Progress.WentOn(chunk.getContentId(), execution, piece));
  }

  /// Takes the content record; chunks that still come of this content are passed over.
  ///
  /// @param body of the record, checked against its SHA-256
  public End seal(ContentGenerated content, byte[] body) {
    Text text = texts.computeIfAbsent(content.getContentId(), id -> new Text());
    String whole = new String(body, UTF_8);
    boolean isItsOwn = content.getExecutionId().equals(text.executionId);
    text.isSealed = true;
    if (!isItsOwn || !whole.startsWith(text.text.toString())) return new End.Replaced(whole, !text.text.isEmpty());
    boolean isWhole =
        Integer.valueOf(text.chunks).equals(content.getChunkCount())
            && content.getBodySha256().equals(content.getChunksSha256())
            && whole.contentEquals(text.text);
    return new End.Sealed(whole.substring(text.text.length()), isWhole);
  }
}
