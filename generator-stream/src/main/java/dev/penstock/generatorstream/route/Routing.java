package dev.penstock.generatorstream.route;

import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.Outgoing;
import dev.penstock.generatorstream.prompt.Routed;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.generatorstream.telemetry.Telemetry;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.RecordHeader;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.VariantFailure;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Makes the records that leave. Every record keeps the key bytes (up to 16 KiB) and the partition of its prompt.
/// Whatever was sent, what leaves fits its topic: a record that the producer refuses would stop the task for ever.
/// Threads may share one.
public final class Routing {

  private static final int MOST_KEY_BYTES = 16 << 10;
  private static final int MOST_NAME_CHARACTERS = 300;

  private final Telemetry telemetry;
  private final AvroSerializer<PromptOutcome> outcomes;
  private final AvroSerializer<DeadLetter> deadLetters;

  public Routing(SchemaRegistry registry) {
    this(registry, Telemetry.unobserved());
  }

  /// @param telemetry told what leaves
  public Routing(SchemaRegistry registry, Telemetry telemetry) {
    this.telemetry = telemetry;
    this.outcomes = new AvroSerializer<>(registry, Topic.OUTCOMES);
    this.deadLetters = new AvroSerializer<>(registry, Topic.DEAD_LETTERS);
  }

  /// A content record whose value was built by [ContentStage].
  public Record<byte[], Routed> content(AdmittedPrompt prompt, int variant, byte[] value, long nowMillis) {
    String contentId = prompt.contentId(variant);
    Record<byte[], Routed> content = leaving(prompt.source(), value, Events.CONTENT_GENERATED, contentId, nowMillis);
    telemetry.forwarded(contentId, content.headers());
    return content;
  }

  /// The outcome of a prompt that was admitted, once all its variants have ended.
  public Record<byte[], Routed> ended(AdmittedPrompt prompt, List<VariantEnd> ends, long nowMillis) {
    List<String> contentIds = new ArrayList<>();
    List<VariantFailure> failures = new ArrayList<>();
    for (VariantEnd end : ends)
      switch (end) {
        case VariantEnd.Made made -> contentIds.add(prompt.contentId(made.variant()));
        case VariantEnd.Failed failure -> failures.add(failure(failure));
      }
    List<VariantEnd.Failed> failed = failed(ends);
    var outcome = outcome(prompt.source(), prompt.request(), nowMillis).setModel(prompt.model().reference());
    outcome.setContentIds(contentIds).setFailures(failures);
    outcome.setOutcome(outcomeOf(ends));
    if (!failed.isEmpty()) {
      VariantEnd.Failed strongest = strongest(failed);
      outcome.setReason(strongest.reason()).setMessage(strongest.sentence());
    }
    return leaving(prompt.source(), outcome.build(), nowMillis);
  }

  /// The dead letter of a prompt that ended as DEAD_LETTERED, or null if it ended otherwise.
  public @Nullable Record<byte[], Routed> deadLetterOf(AdmittedPrompt prompt, List<VariantEnd> ends, long nowMillis) {
    if (outcomeOf(ends) != Outcome.DEAD_LETTERED) return null;
    VariantEnd.Failed cause = strongest(failed(ends));
    return deadLetter(
        prompt.source(), prompt.request(), cause.reason(), cause.sentence(), cause.causes(), nowMillis);
  }

  /// The outcome of a prompt record that did not enter.
  public Record<byte[], Routed> refused(
      SourceRecord source,
      @Nullable PromptRequested request,
      Outcome outcome,
      String reason,
      String sentence,
      long nowMillis) {
    var record = outcome(source, request, nowMillis).setOutcome(outcome).setReason(reason).setMessage(Causes.cut(sentence));
    if (outcome == Outcome.DUPLICATE_OF && request != null) record.setDuplicateOf(request.getPromptId());
    return leaving(source, record.build(), nowMillis);
  }

  /// @param request the prompt as far as it could be read
  public Record<byte[], Routed> deadLetter(
      SourceRecord source,
      @Nullable PromptRequested request,
      String reason,
      String sentence,
      @Nullable Throwable cause,
      long nowMillis) {
    return deadLetter(source, request, reason, sentence, Causes.of(cause), nowMillis);
  }

  private Record<byte[], Routed> deadLetter(
      SourceRecord source,
      @Nullable PromptRequested request,
      String reason,
      String sentence,
      List<String> causes,
      long nowMillis) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setPromptId(request == null ? null : bounded(request.getPromptId()))
            .setTenant(request == null ? null : bounded(request.getTenant()))
            .setSource(position(source))
            .setSourceTimestamp(Instant.ofEpochMilli(source.timestampMillis()))
            .setKey(wrap(source.key()))
            .setValue(wrap(source.value()))
            .setHeaders(headers(source))
            .setReason(reason)
            .setMessage(Causes.cut(sentence))
            .setCauses(causes)
            .setFailedAt(Instant.ofEpochMilli(nowMillis))
            .build();
    return leaving(
        source, deadLetters.serialize(letter), Events.PROMPT_DEAD_LETTERED, source.position(), nowMillis);
  }

  private static PromptOutcome.Builder outcome(
      SourceRecord source, @Nullable PromptRequested request, long nowMillis) {
    return PromptOutcome.newBuilder()
        .setPromptId(request == null ? null : bounded(request.getPromptId()))
        .setTenant(request == null ? null : bounded(request.getTenant()))
        .setReplayOf(request == null ? null : bounded(request.getReplayOf()))
        .setSource(position(source))
        .setRequestedAt(Instant.ofEpochMilli(source.timestampMillis()))
        .setEndedAt(Instant.ofEpochMilli(nowMillis));
  }

  private Record<byte[], Routed> leaving(SourceRecord source, PromptOutcome outcome, long nowMillis) {
    telemetry.ended(outcome.getOutcome(), outcome.getReason());
    return leaving(source, outcomes.serialize(outcome), Events.PROMPT_ENDED, source.position(), nowMillis);
  }

  private static Record<byte[], Routed> leaving(
      SourceRecord source, byte[] value, String type, String id, long nowMillis) {
    return new Record<>(
        keyOf(source),
        new Outgoing(source.partition(), value),
        nowMillis,
        Events.headers(type, id, nowMillis, source.headers()));
  }

  /// How the prompt ended, once all its variants have.
  public static Outcome outcomeOf(List<VariantEnd> ends) {
    List<VariantEnd.Failed> failed = failed(ends);
    if (failed.isEmpty()) return Outcome.COMPLETED;
    if (failed.size() < ends.size()) return Outcome.PARTIAL;
    return switch (strongest(failed).kind()) {
      case BROKEN -> Outcome.DEAD_LETTERED;
      case EXPIRED -> Outcome.EXPIRED;
      case CANCELLED -> Outcome.CANCELLED;
      case REJECTED -> Outcome.REJECTED;
    };
  }

  private static List<VariantEnd.Failed> failed(List<VariantEnd> ends) {
    List<VariantEnd.Failed> failed = new ArrayList<>();
    for (VariantEnd end : ends) if (end instanceof VariantEnd.Failed failure) failed.add(failure);
    return failed;
  }

  private static VariantEnd.Failed strongest(List<VariantEnd.Failed> failed) {
    return failed.stream().min(Comparator.comparing(VariantEnd.Failed::kind)).orElseThrow();
  }

  private static VariantFailure failure(VariantEnd.Failed failed) {
    return new VariantFailure(failed.variant(), failed.reason(), failed.sentence());
  }

  private static SourcePosition position(SourceRecord source) {
    return new SourcePosition(source.topic(), source.partition(), source.offset());
  }

  private static List<RecordHeader> headers(SourceRecord source) {
    List<RecordHeader> headers = new ArrayList<>();
    for (Header header : source.headers()) headers.add(new RecordHeader(header.key(), wrap(header.value())));
    return headers;
  }

  /// A stranger may send a key of a megabyte; it is left out, for what leaves has to fit into its topic.
  private static byte @Nullable [] keyOf(SourceRecord source) {
    byte[] key = source.key();
    return key != null && key.length > MOST_KEY_BYTES ? null : key;
  }

  /// The same for names, of prompts that were refused for them.
  private static @Nullable String bounded(@Nullable String name) {
    return name == null || name.length() <= MOST_NAME_CHARACTERS ? name : name.substring(0, MOST_NAME_CHARACTERS) + "...";
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
