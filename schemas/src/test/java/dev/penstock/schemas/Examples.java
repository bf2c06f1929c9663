package dev.penstock.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.schemas.framing.TrustedClasses;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/// One record of each topic with every field set.
public final class Examples {

  static {
    TrustedClasses.declare();
  }

  private static final Instant TIME = Instant.parse("2026-11-22T10:15:30.123Z");

  private Examples() {}

  public static SpecificRecordBase of(Topic topic) {
    return switch (topic) {
      case PROMPTS -> prompt();
      case CANCELLATIONS -> cancellation();
      case CHUNKS -> chunk();
      case CONTENT -> content();
      case OUTCOMES -> outcome();
      case DEAD_LETTERS -> deadLetter();
    };
  }

  public static PromptRequested prompt() {
    return PromptRequested.newBuilder()
        .setPromptId("0193512a-7d1b-7c00-8000-000000000001")
        .setTenant("acme")
        .setCampaign("spring")
        .setModality(Modality.TEXT)
        .setModel("tiny-copywriter@1.0.0")
        .setText("a slogan for Zoë's tea")
        .setMessages(List.of(new ChatMessage("user", "a slogan")))
        .setTemplate("slogan")
        .setVariables(Map.of("product", "tea"))
        .setParameters(Map.of("temperature", "0.4"))
        .setSeed(-7L)
        .setVariants(2)
        .setCandidates(4)
        .setPriority(Priority.URGENT)
        .setDeadline(TIME)
        .setTtlMs(5_000L)
        .setOrderKey("customer 9")
        .setReplayOf("penstock.prompts.v1-0@17")
        .setRerollOf("p-0")
        .setStream(true)
        .setPicture(ByteBuffer.wrap(new byte[] {(byte) 0x89, 'P', 'N', 'G'}))
        .build();
  }

  private static CancellationRequested cancellation() {
    return CancellationRequested.newBuilder()
        .setPromptId("p-1")
        .setTenant("acme")
        .setReason("the campaign was stopped")
        .build();
  }

  private static ContentChunk chunk() {
    return ContentChunk.newBuilder()
        .setExecutionId("e-1")
        .setIndex(3)
        .setContentId("039daee1-12f9-5e2c-a17b-9ffe3e710e9a")
        .setPromptId("p-1")
        .setVariant(0)
        .setTenant("acme")
        .setMediaType("text/plain; charset=utf-8")
        .setText(" that never quit")
        .setBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .build();
  }

  private static ContentGenerated content() {
    return ContentGenerated.newBuilder()
        .setContentId("039daee1-12f9-5e2c-a17b-9ffe3e710e9a")
        .setPromptId("p-1")
        .setVariant(0)
        .setTenant("acme")
        .setCampaign("spring")
        .setModality(Modality.TEXT)
        .setMediaType("text/plain; charset=utf-8")
        .setBody(ByteBuffer.wrap("Tea. Now.".getBytes(UTF_8)))
        .setBodyUri("file:/objects/acme/ab/abcd")
        .setBodySha256("abcd")
        .setBodySize(9L)
        .setAlternates(
            List.of(new Alternate("text/plain", ByteBuffer.wrap("Tea?".getBytes(UTF_8)), "file:/x", "ef", Map.of("relevance", 0.25))))
        .setModel(new ModelReference("tiny-copywriter", "1.0.0", "0123"))
        .setTemplateVersion("3")
        .setSeed(-7L)
        .setParameters(Map.of("temperature", "0.4"))
        .setFinishReason(FinishReason.LENGTH)
        .setScores(Map.of("relevance", 0.5))
        .setLogProbabilities(List.of(new TokenLogProbability(77, "Tea", -0.25)))
        .setUsage(new Usage(9, 12, 784L, 1))
        .setTimings(new Timings(TIME, TIME.plusMillis(820), 1L, 2L, 3L))
        .setExecutionId("e-1")
        .setChunkCount(2)
        .setChunksSha256("ff")
        .setGuardVerdict("allow")
        .setGuardScores(Map.of("toxicity", 0.01))
        .setLabelState("labelled")
        .setSignatureState("signed")
        .setReviewState("none")
        .setDecisionId("d-1")
        .setReplayOf("penstock.prompts.v1-0@17")
        .setRerollOf("p-0")
        .build();
  }

  private static PromptOutcome outcome() {
    return PromptOutcome.newBuilder()
        .setPromptId("p-1")
        .setTenant("acme")
        .setOutcome(Outcome.PARTIAL)
        .setContentIds(List.of("c-1"))
        .setReason("PARTIAL")
        .setMessage("one of two variants failed")
        .setFailures(List.of(new VariantFailure(1, "CRASHED", "the model crashed")))
        .setDuplicateOf("p-0")
        .setSource(new SourcePosition("penstock.prompts.v1", 3, 17L))
        .setRequestedAt(TIME)
        .setEndedAt(TIME.plusMillis(820))
        .setModel("tiny-copywriter@1.0.0")
        .setReplayOf("penstock.prompts.v1-0@17")
        .build();
  }

  private static DeadLetter deadLetter() {
    return DeadLetter.newBuilder()
        .setPromptId("p-1")
        .setTenant("acme")
        .setSource(new SourcePosition("penstock.prompts.v1", 3, 17L))
        .setSourceTimestamp(TIME)
        .setKey(ByteBuffer.wrap("p-1".getBytes(UTF_8)))
        .setValue(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .setHeaders(List.of(new RecordHeader("traceparent", ByteBuffer.wrap("00".getBytes(UTF_8)))))
        .setReason("NOT_FRAMED")
        .setMessage("the value begins with byte 0x01")
        .setCauses(List.of("java.io.EOFException"))
        .setFailedAt(TIME.plusMillis(1))
        .build();
  }
}
