package dev.penstock.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generatorstream.route.Events;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.FinishReason;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.ModelReference;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Timings;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.Usage;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// What a plain topology makes of a prompt.
final class Recoding {

  /// A record that leaves under the prompt's key.
  record Leaving(byte[] value, Headers headers) {}

  private Recoding() {}

  /// Decodes the prompt and encodes it again: one record in, one out.
  static Function<byte[], List<Leaving>> echo(SchemaRegistry registry) {
    var prompts = new AvroDeserializer<PromptRequested>(registry, Topic.PROMPTS);
    var serializer = new AvroSerializer<PromptRequested>(registry, Topic.PROMPTS);
    return value -> List.of(new Leaving(serializer.serialize(prompts.deserialize(value)), new RecordHeaders()));
  }

  /// Decodes the prompt and encodes the two records that our topology writes for it: the content, which is the
  /// prompt's own text, and the outcome, both with the headers of the contract.
  static Function<byte[], List<Leaving>> sameRecords(SchemaRegistry registry) {
    var prompts = new AvroDeserializer<PromptRequested>(registry, Topic.PROMPTS);
    var contents = new AvroSerializer<ContentGenerated>(registry, Topic.CONTENT);
    var outcomes = new AvroSerializer<PromptOutcome>(registry, Topic.OUTCOMES);
    return value -> {
      PromptRequested prompt = prompts.deserialize(value);
      ContentGenerated content = content(prompt);
      PromptOutcome outcome = outcome(prompt, content);
      return List.of(
          new Leaving(contents.serialize(content), event(Events.CONTENT_GENERATED, content.getContentId())),
          new Leaving(outcomes.serialize(outcome), event(Events.PROMPT_ENDED, outcome.getPromptId())));
    };
  }

  private static Headers event(String type, String id) {
    return Events.headers(type, id, System.currentTimeMillis(), new RecordHeaders());
  }

  private static ContentGenerated content(PromptRequested prompt) {
    byte[] body = prompt.getText().getBytes(UTF_8);
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    return ContentGenerated.newBuilder()
        .setContentId(Ids.contentId(prompt.getPromptId(), 0))
        .setPromptId(prompt.getPromptId())
        .setVariant(0)
        .setTenant(prompt.getTenant())
        .setCampaign(prompt.getCampaign())
        .setModality(Modality.TEXT)
        .setMediaType("text/plain; charset=utf-8")
        .setBody(ByteBuffer.wrap(body))
        .setBodySha256(sha256(body))
        .setBodySize(body.length)
        .setModel(new ModelReference("timed", "1.0.0", "timed"))
        .setSeed(Ids.seedOf(prompt.getPromptId()))
        .setFinishReason(FinishReason.STOP)
        .setUsage(new Usage(1, 1, 0L, 1))
        .setTimings(new Timings(now, now, 0L, 0L, 0L))
        .setExecutionId(UUID.randomUUID().toString())
        .build();
  }

  private static PromptOutcome outcome(PromptRequested prompt, ContentGenerated content) {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    return PromptOutcome.newBuilder()
        .setPromptId(prompt.getPromptId())
        .setTenant(prompt.getTenant())
        .setSource(new SourcePosition(Topic.PROMPTS.topicName(), 0, 0L))
        .setRequestedAt(now)
        .setEndedAt(now)
        .setModel("timed@1.0.0")
        .setContentIds(List.of(content.getContentId()))
        .setOutcome(Outcome.COMPLETED)
        .build();
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
