package dev.penstock.sink.database;

import static dev.penstock.sink.database.Column.json;
import static dev.penstock.sink.database.Column.of;

import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.TokenLogProbability;
import dev.penstock.sink.arrival.ContentArrival;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// The columns of `content`, written from a record whose bodies are kept already: text in the record, all else
/// in the object store.
final class ContentColumns {

  static final List<Column<ContentArrival>> ALL = columns();
  static final String UPSERT = Column.upsert("content", "content_id", ALL);

  private ContentColumns() {}

  private static List<Column<ContentArrival>> columns() {
    List<Column<ContentArrival>> all = new ArrayList<>();
    all.add(of("content_id", ContentArrival::contentId));
    all.addAll(prompt());
    all.addAll(body());
    all.addAll(generation());
    all.addAll(effort());
    all.addAll(judgement());
    all.add(of("trace_parent", ContentColumns::traceParent));
    all.addAll(PositionColumns.of(ContentArrival::position));
    return List.copyOf(all);
  }

  private static List<Column<ContentArrival>> prompt() {
    return List.of(
        text("prompt_id", ContentGenerated::getPromptId),
        value("variant", ContentGenerated::getVariant),
        text("tenant", ContentGenerated::getTenant),
        text("campaign", ContentGenerated::getCampaign),
        text("replay_of", ContentGenerated::getReplayOf),
        text("reroll_of", ContentGenerated::getRerollOf));
  }

  private static List<Column<ContentArrival>> body() {
    return List.of(
        value("modality", c -> c.getModality().name()),
        text("media_type", ContentGenerated::getMediaType),
        value("body_text", c -> c.getBody() == null ? null : StorableText.of(bytes(c.getBody()))),
        text("body_uri", ContentGenerated::getBodyUri),
        text("body_sha256", ContentGenerated::getBodySha256),
        value("body_size", ContentGenerated::getBodySize),
        json("alternates", a -> alternates(a.content().getAlternates())));
  }

  private static List<Column<ContentArrival>> generation() {
    return List.of(
        text("model_name", c -> c.getModel().getName()),
        text("model_version", c -> c.getModel().getVersion()),
        text("model_digest", c -> c.getModel().getDigest()),
        text("template_version", ContentGenerated::getTemplateVersion),
        value("seed", ContentGenerated::getSeed),
        json("parameters", a -> StorableText.json(a.content().getParameters())),
        value("finish_reason", c -> c.getFinishReason().name()),
        text("execution_id", ContentGenerated::getExecutionId),
        value("chunk_count", ContentGenerated::getChunkCount),
        text("chunks_sha256", ContentGenerated::getChunksSha256));
  }

  private static List<Column<ContentArrival>> effort() {
    return List.of(
        value("input_tokens", c -> c.getUsage().getInputTokens()),
        value("output_tokens", c -> c.getUsage().getOutputTokens()),
        value("pixels", c -> c.getUsage().getPixels()),
        value("steps", c -> c.getUsage().getSteps()),
        value("requested_at", c -> c.getTimings().getRequestedAt()),
        value("completed_at", c -> c.getTimings().getCompletedAt()),
        value("wait_micros", c -> c.getTimings().getWaitMicros()),
        value("lane_micros", c -> c.getTimings().getLaneMicros()),
        value("stage_micros", c -> c.getTimings().getStageMicros()));
  }

  private static List<Column<ContentArrival>> judgement() {
    return List.of(
        json("scores", a -> StorableText.json(a.content().getScores())),
        json("log_probabilities", a -> logProbabilities(a.content().getLogProbabilities())),
        text("guard_verdict", ContentGenerated::getGuardVerdict),
        json("guard_scores", a -> jsonOrNull(a.content().getGuardScores())),
        text("label_state", ContentGenerated::getLabelState),
        text("signature_state", ContentGenerated::getSignatureState),
        text("review_state", ContentGenerated::getReviewState),
        text("decision_id", ContentGenerated::getDecisionId));
  }

  private static @Nullable String traceParent(ContentArrival arrival) {
    Header header = arrival.record().headers().lastHeader("traceparent");
    return header == null || header.value() == null ? null : StorableText.of(header.value());
  }

  private static Column<ContentArrival> value(String name, Function<ContentGenerated, @Nullable Object> value) {
    return of(name, arrival -> value.apply(arrival.content()));
  }

  private static Column<ContentArrival> text(String name, Function<ContentGenerated, @Nullable String> value) {
    return of(name, arrival -> StorableText.ofNullable(value.apply(arrival.content())));
  }

  private static @Nullable String jsonOrNull(@Nullable Map<String, ?> map) {
    return map == null ? null : StorableText.json(map);
  }

  private static String alternates(List<Alternate> alternates) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Alternate alternate : alternates) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("mediaType", StorableText.of(alternate.getMediaType()));
      if (alternate.getBody() != null) one.put("text", StorableText.of(bytes(alternate.getBody())));
      if (alternate.getBodyUri() != null) one.put("uri", StorableText.of(alternate.getBodyUri()));
      one.put("sha256", StorableText.of(alternate.getBodySha256()));
      one.put("scores", StorableText.storable(alternate.getScores()));
      list.add(one);
    }
    return StorableText.json((Object) list);
  }

  private static @Nullable String logProbabilities(@Nullable List<TokenLogProbability> tokens) {
    if (tokens == null) return null;
    List<Map<String, Object>> list = new ArrayList<>();
    for (TokenLogProbability token : tokens) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("token", token.getToken());
      one.put("text", StorableText.of(token.getText()));
      one.put("logProbability", token.getLogProbability());
      list.add(StorableText.storable(one));
    }
    return StorableText.json((Object) list);
  }

  private static byte[] bytes(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return bytes;
  }
}
