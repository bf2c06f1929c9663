package dev.penstock.sink.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.FinishReason;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.ModelReference;
import dev.penstock.schemas.Timings;
import dev.penstock.schemas.TokenLogProbability;
import dev.penstock.schemas.Usage;
import dev.penstock.schemas.framing.TrustedClasses;
import dev.penstock.sink.arrival.RecordPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A row of `content` as the record it was written from, the mirror of [ContentColumns].
final class ContentRow {

  static {
    TrustedClasses.declare();
  }

  private ContentRow() {}

  static StoredContent read(ResultSet row) throws SQLException {
    ContentGenerated.Builder content = ContentGenerated.newBuilder();
    readPrompt(row, content);
    readBody(row, content);
    readGeneration(row, content);
    readJudgement(row, content);
    return new StoredContent(content.build(), position(row), row.getString("trace_parent"));
  }

  private static void readPrompt(ResultSet row, ContentGenerated.Builder content) throws SQLException {
    content
        .setContentId(row.getString("content_id"))
        .setPromptId(row.getString("prompt_id"))
        .setVariant(row.getInt("variant"))
        .setTenant(row.getString("tenant"))
        .setCampaign(row.getString("campaign"))
        .setReplayOf(row.getString("replay_of"))
        .setRerollOf(row.getString("reroll_of"));
  }

  private static void readBody(ResultSet row, ContentGenerated.Builder content) throws SQLException {
    content
        .setModality(named(Modality.class, row.getString("modality"), Modality.UNKNOWN))
        .setMediaType(row.getString("media_type"))
        .setBody(utf8(row.getString("body_text")))
        .setBodyUri(row.getString("body_uri"))
        .setBodySha256(row.getString("body_sha256"))
        .setBodySize(row.getLong("body_size"))
        .setAlternates(alternates(StorableText.parse(row.getString("alternates"))));
  }

  private static void readGeneration(ResultSet row, ContentGenerated.Builder content) throws SQLException {
    content
        .setModel(
            new ModelReference(
                row.getString("model_name"), row.getString("model_version"), row.getString("model_digest")))
        .setTemplateVersion(row.getString("template_version"))
        .setSeed(row.getLong("seed"))
        .setParameters(strings(StorableText.parse(row.getString("parameters"))))
        .setFinishReason(named(FinishReason.class, row.getString("finish_reason"), FinishReason.UNKNOWN))
        .setExecutionId(row.getString("execution_id"))
        .setChunkCount((Integer) row.getObject("chunk_count"))
        .setChunksSha256(row.getString("chunks_sha256"))
        .setUsage(
            new Usage(
                row.getInt("input_tokens"),
                row.getInt("output_tokens"),
                row.getLong("pixels"),
                row.getInt("steps")))
        .setTimings(
            new Timings(
                instant(row, "requested_at"),
                instant(row, "completed_at"),
                row.getLong("wait_micros"),
                row.getLong("lane_micros"),
                row.getLong("stage_micros")));
  }

  private static void readJudgement(ResultSet row, ContentGenerated.Builder content) throws SQLException {
    String guardScores = row.getString("guard_scores");
    String logProbabilities = row.getString("log_probabilities");
    content
        .setScores(numbers(StorableText.parse(row.getString("scores"))))
        .setLogProbabilities(logProbabilities == null ? null : tokens(StorableText.parse(logProbabilities)))
        .setGuardVerdict(row.getString("guard_verdict"))
        .setGuardScores(guardScores == null ? null : numbers(StorableText.parse(guardScores)))
        .setLabelState(row.getString("label_state"))
        .setSignatureState(row.getString("signature_state"))
        .setReviewState(row.getString("review_state"))
        .setDecisionId(row.getString("decision_id"));
  }

  static RecordPosition position(ResultSet row) throws SQLException {
    return new RecordPosition(
        row.getString("record_topic"),
        row.getInt("record_partition"),
        row.getLong("record_offset"),
        instant(row, "record_timestamp"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  /// A name that a newer program wrote reads as unknown, as it does in Avro.
  static <E extends Enum<E>> E named(Class<E> type, String name, E unknown) {
    for (E known : type.getEnumConstants()) if (known.name().equals(name)) return known;
    return unknown;
  }

  private static List<Alternate> alternates(JsonNode json) {
    List<Alternate> alternates = new ArrayList<>();
    for (JsonNode one : json)
      alternates.add(
          Alternate.newBuilder()
              .setMediaType(one.path("mediaType").asText())
              .setBody(utf8(one.path("text").textValue()))
              .setBodyUri(one.path("uri").textValue())
              .setBodySha256(one.path("sha256").asText())
              .setScores(numbers(one.path("scores")))
              .build());
    return alternates;
  }

  private static List<TokenLogProbability> tokens(JsonNode json) {
    return json.valueStream()
        .map(
            one ->
                new TokenLogProbability(
                    one.path("token").asInt(),
                    one.path("text").asText(),
                    Double.valueOf(one.path("logProbability").asText())))
        .toList();
  }

  private static @Nullable ByteBuffer utf8(@Nullable String text) {
    return text == null ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> strings(JsonNode json) {
    Map<String, String> map = new TreeMap<>();
    json.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  /// JSON has no NaN and no infinity: they are stored as text.
  private static Map<String, Double> numbers(JsonNode json) {
    Map<String, Double> map = new TreeMap<>();
    json.properties().forEach(entry -> map.put(entry.getKey(), Double.valueOf(entry.getValue().asText())));
    return map;
  }
}
