package dev.penstock.sink.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Timings;
import dev.penstock.sink.arrival.RecordPosition;
import dev.penstock.sink.database.Page;
import dev.penstock.sink.database.StoredContent;
import dev.penstock.sink.database.StoredOutcome;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The API's answers. Times are ISO 8601; seeds are text, because JavaScript's numbers end at 2^53.
final class ContentJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Addresses ADDRESSES = new Addresses();

  private ContentJson() {}

  static void send(Context context, ObjectNode answer) {
    try {
      context.contentType("application/json").result(JSON.writeValueAsBytes(answer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  static ObjectNode error(String sentence) {
    return NODES.objectNode().put("error", sentence);
  }

  static ObjectNode page(Page<StoredContent> page) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode items = answer.putArray("items");
    page.items().forEach(stored -> items.add(content(stored)));
    return answer.put("after", page.next());
  }

  static ObjectNode content(StoredContent stored) {
    ContentGenerated content = stored.content();
    ObjectNode answer = NODES.objectNode();
    answer
        .put("contentId", content.getContentId())
        .put("promptId", content.getPromptId())
        .put("variant", content.getVariant())
        .put("tenant", content.getTenant())
        .put("campaign", content.getCampaign())
        .put("modality", content.getModality().name())
        .put("mediaType", content.getMediaType());
    body(answer.putObject("body"), ADDRESSES.body(stored), content.getBody(), content.getBodySha256())
        .put("size", content.getBodySize());
    alternates(answer.putArray("alternates"), stored);
    generation(answer, content);
    judgement(answer, content);
    answer.put("replayOf", content.getReplayOf()).put("rerollOf", content.getRerollOf());
    answer.put("traceParent", stored.traceParent());
    if (stored.position() != null) position(answer.putObject("record"), stored.position());
    return answer;
  }

  private static ObjectNode body(ObjectNode node, String url, @Nullable ByteBuffer text, String sha256) {
    node.put("url", url).put("sha256", sha256);
    if (text != null) node.put("text", StandardCharsets.UTF_8.decode(text.duplicate()).toString());
    return node;
  }

  private static void alternates(ArrayNode array, StoredContent stored) {
    List<Alternate> alternates = stored.content().getAlternates();
    for (int index = 0; index < alternates.size(); index++) {
      Alternate alternate = alternates.get(index);
      ObjectNode node = array.addObject().put("mediaType", alternate.getMediaType());
      body(node, ADDRESSES.alternate(stored, index), alternate.getBody(), alternate.getBodySha256());
      numbers(node.putObject("scores"), alternate.getScores());
    }
  }

  private static void generation(ObjectNode answer, ContentGenerated content) {
    answer
        .putObject("model")
        .put("name", content.getModel().getName())
        .put("version", content.getModel().getVersion())
        .put("digest", content.getModel().getDigest());
    answer
        .put("templateVersion", content.getTemplateVersion())
        .put("seed", Long.toString(content.getSeed()))
        .put("finishReason", content.getFinishReason().name())
        .put("executionId", content.getExecutionId())
        .put("chunkCount", content.getChunkCount())
        .put("chunksSha256", content.getChunksSha256());
    content.getParameters().forEach(answer.putObject("parameters")::put);
    answer
        .putObject("usage")
        .put("inputTokens", content.getUsage().getInputTokens())
        .put("outputTokens", content.getUsage().getOutputTokens())
        .put("pixels", content.getUsage().getPixels())
        .put("steps", content.getUsage().getSteps());
    timings(answer.putObject("timings"), content.getTimings());
  }

  private static void timings(ObjectNode node, Timings timings) {
    node.put("requestedAt", timings.getRequestedAt().toString())
        .put("completedAt", timings.getCompletedAt().toString())
        .put("latencyMillis", Duration.between(timings.getRequestedAt(), timings.getCompletedAt()).toMillis())
        .put("waitMicros", timings.getWaitMicros())
        .put("laneMicros", timings.getLaneMicros())
        .put("stageMicros", timings.getStageMicros());
  }

  private static void judgement(ObjectNode answer, ContentGenerated content) {
    numbers(answer.putObject("scores"), content.getScores());
    answer.put("guardVerdict", content.getGuardVerdict());
    if (content.getGuardScores() != null) numbers(answer.putObject("guardScores"), content.getGuardScores());
    answer
        .put("labelState", content.getLabelState())
        .put("signatureState", content.getSignatureState())
        .put("reviewState", content.getReviewState())
        .put("decisionId", content.getDecisionId());
  }

  private static void numbers(ObjectNode node, Map<String, Double> numbers) {
    numbers.forEach(node::put);
  }

  private static void position(ObjectNode node, RecordPosition position) {
    node.put("topic", position.topic())
        .put("partition", position.partition())
        .put("offset", position.offset())
        .put("timestamp", position.timestamp().toString());
  }

  static ObjectNode outcomes(List<StoredOutcome> outcomes) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode items = answer.putArray("items");
    for (StoredOutcome stored : outcomes) outcome(items.addObject(), stored);
    return answer;
  }

  private static void outcome(ObjectNode node, StoredOutcome stored) {
    PromptOutcome outcome = stored.outcome();
    node.put("promptId", outcome.getPromptId())
        .put("tenant", outcome.getTenant())
        .put("outcome", outcome.getOutcome().name())
        .put("reason", outcome.getReason())
        .put("message", outcome.getMessage())
        .put("duplicateOf", outcome.getDuplicateOf())
        .put("model", outcome.getModel())
        .put("replayOf", outcome.getReplayOf())
        .put("requestedAt", outcome.getRequestedAt().toString())
        .put("endedAt", outcome.getEndedAt().toString());
    outcome.getContentIds().forEach(node.putArray("contentIds")::add);
    ArrayNode failures = node.putArray("failures");
    for (var failure : outcome.getFailures())
      failures
          .addObject()
          .put("variant", failure.getVariant())
          .put("reason", failure.getReason())
          .put("message", failure.getMessage());
    node.putObject("source")
        .put("topic", outcome.getSource().getTopic())
        .put("partition", outcome.getSource().getPartition())
        .put("offset", outcome.getSource().getOffset());
    position(node.putObject("record"), stored.position());
  }
}
