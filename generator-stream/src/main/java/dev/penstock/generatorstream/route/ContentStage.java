package dev.penstock.generatorstream.route;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.PlanStage;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.telemetry.Telemetry;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.FinishReason;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.ModelReference;
import dev.penstock.schemas.Timings;
import dev.penstock.schemas.TokenLogProbability;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.Usage;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last stage of the plan: stores large bodies, builds the content record, serialises it and checks that its
/// size fits the topic, all on a plan thread. A record that is too large must never reach the stream thread: under
/// exactly-once its refusal by the producer would block the task for ever.
public final class ContentStage {

  /// Larger bodies go to the object store before the record is written.
  static final int MAX_INLINE_BYTES = 64 << 10;

  /// What record batch, key and headers may need beside the value.
  private static final int ROOM_FOR_ENVELOPE = 16 << 10;

  private static final int STORE_TRIES = 5;

  private final AvroSerializer<ContentGenerated> serializer;
  private final ObjectStore store;
  private final InstantSource clock;
  private final Telemetry telemetry;

  public ContentStage(SchemaRegistry registry, ObjectStore store, InstantSource clock) {
    this(registry, store, clock, Telemetry.unobserved());
  }

  /// @param telemetry told what was made
  public ContentStage(SchemaRegistry registry, ObjectStore store, InstantSource clock, Telemetry telemetry) {
    this.telemetry = telemetry;
    this.serializer = new AvroSerializer<>(registry, Topic.CONTENT);
    this.store = store;
    this.clock = clock;
  }

  /// The stage for one variant.
  ///
  /// @param text what was told of it on the way, or null; its chunks are written when the record is made
  public PlanStage<GenerationResult, byte[]> of(AdmittedPrompt prompt, int variant, @Nullable StreamedText text) {
    return result -> {
      byte[] value = serialize(prompt, sealed(content(prompt, variant, result), result, text));
      telemetry.generated(prompt, variant, result, clock.millis());
      return value;
    };
  }

  private static ContentGenerated sealed(
      ContentGenerated content, GenerationResult result, @Nullable StreamedText text) throws GenerationException {
    if (text == null) return content;
    try {
      return text.seal(result).map(seal -> naming(content, seal)).orElse(content);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static ContentGenerated naming(ContentGenerated content, StreamedText.Seal seal) {
    return ContentGenerated.newBuilder(content)
        .setExecutionId(seal.executionId())
        .setChunkCount(seal.chunkCount())
        .setChunksSha256(content.getBodySha256())
        .build();
  }

  private byte[] serialize(AdmittedPrompt prompt, ContentGenerated content) throws GenerationException {
    byte[] value = serializer.serialize(content);
    int most = Topic.CONTENT.maxMessageBytes() - ROOM_FOR_ENVELOPE;
    if (value.length > most)
      throw new GenerationException.Broken(
          "CONTENT_TOO_LARGE",
          "the content record of %s has %d bytes; the topic takes %d".formatted(prompt.model().reference(), value.length, most),
          null);
    return value;
  }

  private ContentGenerated content(AdmittedPrompt prompt, int variant, GenerationResult result)
      throws GenerationException {
    var request = prompt.request();
    Placed body = place(request.getTenant(), result.body(), MAX_INLINE_BYTES);
    var content =
        ContentGenerated.newBuilder()
            .setContentId(prompt.contentId(variant))
            .setPromptId(prompt.promptId())
            .setVariant(variant)
            .setTenant(request.getTenant())
            .setCampaign(request.getCampaign())
            .setModality(modality(prompt))
            .setMediaType(result.mediaType())
            .setBody(body.inline())
            .setBodyUri(body.uri())
            .setBodySha256(body.sha256())
            .setBodySize(result.body().length)
            .setModel(model(prompt))
            .setTemplateVersion(prompt.template() == null ? null : prompt.template().reference())
            .setSeed(prompt.seed())
            .setParameters(texts(prompt.parameters()))
            .setFinishReason(
                switch (result.finishReason()) {
                  case STOP -> FinishReason.STOP;
                  case LENGTH -> FinishReason.LENGTH;
                })
            .setScores(result.scores())
            .setLogProbabilities(logProbabilities(result.logProbabilities()))
            .setUsage(usage(result.usage()))
            .setTimings(timings(prompt, result.timings()))
            .setExecutionId(result.executionId().toString())
            .setReplayOf(request.getReplayOf())
            .setRerollOf(request.getRerollOf())
            .build();
    // All alternates together get as much inline room as one body.
    int room = MAX_INLINE_BYTES;
    for (GenerationResult.Alternate alternate : result.alternates()) {
      Placed placed = place(request.getTenant(), alternate.body(), room);
      if (placed.inline() != null) room -= alternate.body().length;
      content
          .getAlternates()
          .add(
              new Alternate(
                  alternate.mediaType(), placed.inline(), placed.uri(), placed.sha256(), alternate.scores()));
    }
    return content;
  }

  private record Placed(@Nullable ByteBuffer inline, @Nullable String uri, String sha256) {}

  private Placed place(String tenant, byte[] body, int room) throws GenerationException {
    String sha256 = sha256(body);
    if (body.length <= room) return new Placed(ByteBuffer.wrap(body), null, sha256);
    return new Placed(null, put(tenant, body), sha256);
  }

  private String put(String tenant, byte[] body) throws GenerationException {
    for (int attempt = 1; ; attempt++) {
      try {
        return store.put(tenant, body).toString();
      } catch (IOException e) {
        if (attempt == STORE_TRIES)
          throw new GenerationException.Broken(
              "OBJECT_STORE_UNAVAILABLE",
              "the object store did not take %d bytes in %d tries".formatted(body.length, STORE_TRIES),
              e);
        pause(Duration.ofMillis(200L << attempt));
      }
    }
  }

  private static void pause(Duration time) throws GenerationException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static GenerationException interrupted() {
    Thread.currentThread().interrupt();
    return new GenerationException.Cancelled("the process is stopping");
  }

  private static Modality modality(AdmittedPrompt prompt) {
    return switch (prompt.model().manifest().modality()) {
      case TEXT -> Modality.TEXT;
      case IMAGE -> Modality.IMAGE;
      case AUDIO -> Modality.AUDIO;
      case VIDEO -> Modality.VIDEO;
    };
  }

  private static ModelReference model(AdmittedPrompt prompt) {
    var manifest = prompt.model().manifest();
    return new ModelReference(manifest.name(), manifest.version(), prompt.model().digest());
  }

  private static Map<String, String> texts(Map<String, Object> parameters) {
    Map<String, String> texts = new HashMap<>();
    parameters.forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }

  private static @Nullable List<TokenLogProbability> logProbabilities(
      List<GenerationResult.TokenLogProbability> tokens) {
    if (tokens.isEmpty()) return null;
    return tokens.stream()
        .map(token -> new TokenLogProbability(token.token(), token.text(), token.logProbability()))
        .toList();
  }

  private static Usage usage(GenerationResult.Usage usage) {
    return new Usage(usage.inputTokens(), usage.outputTokens(), usage.pixels(), usage.steps());
  }

  private Timings timings(AdmittedPrompt prompt, GenerationResult.Timings timings) {
    return new Timings(
        Instant.ofEpochMilli(prompt.source().timestampMillis()),
        clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
        timings.waitNanos() / 1000,
        timings.laneNanos() / 1000,
        timings.stageNanos() / 1000);
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
