package dev.penstock.sink;

import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.FinishReason;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.ModelReference;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Timings;
import dev.penstock.schemas.Usage;
import dev.penstock.schemas.framing.TrustedClasses;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Records as a generator emits them.
public final class Samples {

  public static final Instant REQUESTED = Instant.parse("2026-11-22T10:00:00Z");

  static {
    TrustedClasses.declare();
  }

  private Samples() {}

  /// A finished text with variant 0.
  public static ContentGenerated.Builder text(String promptId, String text) {
    return content(promptId, Modality.TEXT, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// A finished picture with variant 0.
  public static ContentGenerated.Builder picture(String promptId, byte[] png) {
    return content(promptId, Modality.IMAGE, "image/png", png);
  }

  private static ContentGenerated.Builder content(
      String promptId, Modality modality, String mediaType, byte[] body) {
    return ContentGenerated.newBuilder()
        .setContentId(Ids.contentId(promptId, 0))
        .setPromptId(promptId)
        .setVariant(0)
        .setTenant("acme")
        .setCampaign("spring")
        .setModality(modality)
        .setMediaType(mediaType)
        .setBody(ByteBuffer.wrap(body))
        .setBodySha256(sha256(body))
        .setBodySize(body.length)
        .setModel(new ModelReference("tiny-copywriter", "1.0.0", "d".repeat(64)))
        .setSeed(Ids.seedOf(promptId))
        .setParameters(Map.of("temperature", "0.4", "topP", "0.9"))
        .setFinishReason(FinishReason.STOP)
        .setScores(Map.of("relevance", 0.83))
        .setUsage(new Usage(21, 34, 0L, 34))
        .setTimings(new Timings(REQUESTED, REQUESTED.plusMillis(480), 12_000L, 310_000L, 4_000L))
        .setExecutionId("execution-" + promptId);
  }

  /// A completed prompt that lay at `offset` of partition 0.
  public static PromptOutcome.Builder outcome(String promptId, long offset) {
    return PromptOutcome.newBuilder()
        .setPromptId(promptId)
        .setTenant("acme")
        .setOutcome(Outcome.COMPLETED)
        .setContentIds(List.of(Ids.contentId(promptId, 0)))
        .setSource(new SourcePosition("penstock.prompts.v1", 0, offset))
        .setRequestedAt(REQUESTED)
        .setEndedAt(REQUESTED.plusMillis(500))
        .setModel("tiny-copywriter@1.0.0");
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
