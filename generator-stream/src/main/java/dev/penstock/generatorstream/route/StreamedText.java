package dev.penstock.generatorstream.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.schemas.ContentChunk;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// The text of one variant while it is written, or its bytes while they are made. The first words leave at once; later chunks wait until they are twice as
/// long as the one before, or [#LONGEST_WAIT_NANOS] have passed, so that there are few.
///
/// The engine's threads add and seal, one at a time; the [ChunkWriter]'s thread takes.
public final class StreamedText {

  private static final int SECOND_CHUNK_CHARACTERS = 8;
  private static final int LARGEST_STEP_CHARACTERS = 512;
  private static final int LARGEST_CHUNK_CHARACTERS = 16_384;
  private static final int LARGEST_CHUNK_BYTES = 262_144;
  private static final long LONGEST_WAIT_NANOS = 250_000_000;

  /// How long content may wait for its chunks to be acknowledged.
  private static final long SEAL_WITHIN_MILLIS = 1_000;


  /// A finished execution whose chunks are all on the topic, and together are the body.
  public record Seal(String executionId, int chunkCount) {}

  /// A chunk on its way.
  record Part(Run run, ContentChunk chunk, int partition, byte[] key, Headers headers) {}

  private final ChunkWriter writer;
  private final AdmittedPrompt prompt;
  private final int variant;
  private final LongSupplier nanoTime;
  private final String mediaType;
  private final Charset charset;
  private @Nullable Run run;
  private boolean isQueued;

  StreamedText(ChunkWriter writer, AdmittedPrompt prompt, int variant, LongSupplier nanoTime) {
    this.writer = writer;
    this.prompt = prompt;
    this.variant = variant;
    this.nanoTime = nanoTime;
    PartialText.Source source = Objects.requireNonNull(prompt.model().texts());
    this.mediaType = source.mediaType(prompt.parameters());
    this.charset = source.charset();
  }

  /// One execution. Guarded by the stream.
  final class Run {
    private final String executionId;
    private final @Nullable PartialText pieces;
    private final StringBuilder text = new StringBuilder();
    private int taken;
    private int chunks;
    private int unacknowledged;
    private int nextStep;
    private long lastNanos;
    private boolean isWhole;
    private final CompletableFuture<Boolean> written = new CompletableFuture<>();

    private Run(String executionId, @Nullable PartialText pieces) {
      this.executionId = executionId;
      this.pieces = pieces;
    }

    private int waiting() {
      return text.length() - taken;
    }

    private boolean isDue() {
      return waiting() > 0
          && (isWhole || waiting() >= nextStep || nanoTime.getAsLong() - lastNanos >= LONGEST_WAIT_NANOS);
    }

    private ContentChunk next() {
      int end = Math.min(text.length(), taken + (isText() ? LARGEST_CHUNK_CHARACTERS : LARGEST_CHUNK_BYTES));
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) end--;
      String piece = text.substring(taken, end);
      taken = end;
      unacknowledged++;
      lastNanos = nanoTime.getAsLong();
      nextStep = Math.clamp(2L * piece.length(), SECOND_CHUNK_CHARACTERS, LARGEST_STEP_CHARACTERS);
      return chunk(executionId, chunks++, piece);
    }

    /// On the producer's thread.
    void acknowledged(boolean success) {
      synchronized (StreamedText.this) {
        unacknowledged--;
        if (!success) written.complete(false);
        endIfWritten();
      }
    }

    private void close() {
      if (pieces != null) pieces.close();
    }

    private void endIfWritten() {
      if (isWhole && waiting() == 0 && unacknowledged == 0) written.complete(true);
    }
  }

  /// Takes a part of an execution; another execution begins anew.
  public void add(GenerationRequest request, UUID executionId, PartialResult part) {
    boolean tell;
    synchronized (this) {
      String id = executionId.toString();
      if (run != null && !run.executionId.equals(id)) run.close();
      if (run == null || !run.executionId.equals(id))
        run = new Run(id, Objects.requireNonNull(prompt.model().texts()).begin(request));
      if (run.pieces != null) run.text.append(run.pieces.add(part));
      tell = run.isDue() && enters();
    }
    if (tell) writer.ready(this);
  }

  private boolean enters() {
    boolean enters = !isQueued;
    isQueued = true;
    return enters;
  }

  synchronized void leftQueue() {
    isQueued = false;
  }

  /// The next chunk, or null if there is nothing that has to be told now.
  synchronized @Nullable Part take() {
    if (run == null || !run.isDue() || run.written.isDone()) return null;
    ContentChunk chunk = run.next();
    Headers headers =
        Events.headers(
            Events.CONTENT_CHUNK,
            chunk.getExecutionId() + "/" + chunk.getIndex(),
            System.currentTimeMillis(),
            prompt.source().headers());
    return new Part(run, chunk, prompt.source().partition(), Objects.requireNonNull(prompt.source().key()), headers);
  }

  /// Tells the rest and waits until everything is written. If what was told is not how the published text begins (it was
  /// shown without a quote that belongs to it, or there were several candidates), the whole is told anew as another
  /// execution, and that is the one sealed.
  ///
  /// @return empty if the content is of another type or the broker did not take its chunks in time: readers have the body then
  public Optional<Seal> seal(GenerationResult result) throws InterruptedException {
    if (!result.mediaType().equals(mediaType)) return Optional.empty();
    Run last;
    boolean tell;
    synchronized (this) {
      if (run != null) run.close();
      last = last(result.executionId().toString(), new String(result.body(), charset));
      run = last;
      last.isWhole = true;
      last.endIfWritten();
      tell = last.isDue() && enters();
    }
    if (tell) writer.ready(this);
    return awaitWritten(last) ? Optional.of(new Seal(last.executionId, last.chunks)) : Optional.empty();
  }

  private Run last(String executionId, String body) {
    Run told = run;
    boolean isItsOwn = told != null && told.executionId.equals(executionId);
    if (told != null && isItsOwn && body.startsWith(told.text.toString())) {
      told.text.append(body, told.text.length(), body.length());
      return told;
    }
    boolean nothingTold = told == null || !isItsOwn || told.chunks == 0;
    Run anew = new Run(nothingTold ? executionId : UUID.randomUUID().toString(), null);
    anew.text.append(body);
    return anew;
  }

  private boolean awaitWritten(Run last) throws InterruptedException {
    try {
      return last.written.get(writer.isBehind() ? 0 : SEAL_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      abandon();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes it with a failure", e);
    }
  }

  /// The request has ended without content, or content without chunks: nothing more is told.
  public synchronized void abandon() {
    if (run == null) return;
    run.close();
    run.written.complete(false);
  }

  private ContentChunk chunk(String executionId, int index, String text) {
    return ContentChunk.newBuilder()
        .setExecutionId(executionId)
        .setIndex(index)
        .setContentId(prompt.contentId(variant))
        .setPromptId(prompt.promptId())
        .setVariant(variant)
        .setTenant(prompt.request().getTenant())
        .setMediaType(mediaType)
        .setText(isText() ? text : null)
        .setBytes(isText() ? null : ByteBuffer.wrap(text.getBytes(charset)))
        .build();
  }

  private boolean isText() {
    return charset.equals(UTF_8);
  }
}
