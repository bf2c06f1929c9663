package dev.penstock.producer.cli;

import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.StreamedTexts;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.answers.UnreadableRecordException;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/// Prints the text of one prompt while it is written, on a thread of its own, until its content is there.
final class LiveText implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final TopicReader<ContentChunk> chunks;
  private final String promptId;
  private final PrintWriter out;
  private final PrintWriter err;
  private final StreamedTexts texts = new StreamedTexts();
  private final Thread thread;
  private volatile boolean isEnded;

  /// @param chunks reads from before the prompt was sent; the caller closes it after this
  LiveText(TopicReader<ContentChunk> chunks, String promptId, PrintWriter out, PrintWriter err) {
    this.chunks = chunks;
    this.promptId = promptId;
    this.out = out;
    this.err = err;
    this.thread = Thread.ofPlatform().name("live-text").daemon().start(this::follow);
  }

  private void follow() {
    try {
      while (!isEnded) poll().forEach(received -> show(received.value()));
    } catch (KafkaException e) {
      err.println("the text cannot be followed any more: " + e.getMessage());
    }
  }

  private List<Received<ContentChunk>> poll() {
    try {
      return chunks.poll(POLL);
    } catch (UnreadableRecordException e) {
      err.println(e.getMessage());
      return List.of();
    }
  }

  private void show(ContentChunk chunk) {
    if (!chunk.getPromptId().equals(promptId)) return;
    texts
        .add(chunk)
        .ifPresent(
            progress -> {
              switch (progress) {
                case StreamedTexts.Progress.Began began -> {
                  if (began.isAnew()) beginAnew();
                  out.print(Printable.text(began.text()));
                }
                case StreamedTexts.Progress.WentOn more -> out.print(Printable.text(more.text()));
              }
              out.flush();
            });
  }

  private void beginAnew() {
    out.println();
    out.flush();
    err.println("the text above was given up; it begins anew");
  }

  /// Prints what is missing of the content, or all of it if something else was shown.
  void end(ContentGenerated content, byte[] body) {
    close();
    switch (texts.seal(content, body)) {
      case StreamedTexts.End.Sealed sealed -> out.println(Printable.text(sealed.rest()));
      case StreamedTexts.End.Replaced replaced -> {
        if (replaced.isAnew()) beginAnew();
        out.println(Printable.text(replaced.text()));
      }
    }
    out.flush();
  }

  @Override
  public void close() {
    isEnded = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
