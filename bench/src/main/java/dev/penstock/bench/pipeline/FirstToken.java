package dev.penstock.bench.pipeline;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import dev.penstock.generators.engine.StreamedCompletion;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Times a request from its submission on.
final class FirstToken implements StreamedCompletion<GenerationResult> {

  /// @param tokenMillis until the first token
  /// @param textMillis until there was text to show; an answer may begin with a quote, which is not published
  record Times(double tokenMillis, double textMillis) {}

  private final long startNanos = System.nanoTime();
  private final PartialText text;
  private final CompletableFuture<@Nullable Times> ended = new CompletableFuture<>();
  private double tokenMillis;
  private double textMillis;

  FirstToken(PartialText text) {
    this.text = text;
  }

  @Override
  public void progressed(UUID executionId, PartialResult part) {
    double now = (System.nanoTime() - startNanos) / 1e6;
    if (tokenMillis == 0) tokenMillis = now;
    if (textMillis == 0 && !text.add(part).isEmpty()) textMillis = now;
  }

  @Override
  public void completed(GenerationResult value) {
    ended.complete(textMillis == 0 ? null : new Times(tokenMillis, textMillis));
  }

  /// An answer that repeats itself is none; its beginning was told all the same.
  @Override
  public void failed(GenerationException cause) {
    ended.complete(textMillis == 0 ? null : new Times(tokenMillis, textMillis));
  }

  /// When it has ended; null if it told nothing.
  @Nullable Times await() {
    return ended.join();
  }
}
