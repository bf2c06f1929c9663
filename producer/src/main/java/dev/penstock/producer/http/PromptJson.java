package dev.penstock.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.producer.InvalidPromptException;
import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.producer.campaign.CampaignRow;
import dev.penstock.producer.campaign.JsonPrompt;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import java.nio.ByteBuffer;
import java.util.Base64;

/// Records as JSON.
final class PromptJson {

  private PromptJson() {}

  /// The prompt that a request's body says, with the fields and spellings of a campaign file's JSON lines.
  ///
  /// @param defaults has the id if the client chose one
  /// @throws Problem 400 naming every mistake
  static PromptRequested read(String json, PromptDraft defaults) {
    return switch (JsonPrompt.read(json, defaults)) {
      case CampaignRow.Good good -> good.prompt();
      case CampaignRow.Bad bad -> throw new Problem(400, sentence(bad.problems()));
    };
  }

  static String sentence(InvalidPromptException e) {
    return sentence(e.problems());
  }

  private static String sentence(java.util.List<String> problems) {
    return "The prompt is not sent: " + String.join("; ", problems) + ".";
  }

  /// Text as it is, other bodies in Base64, larger ones by their address.
  static ObjectNode of(ContentGenerated content) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("contentId", content.getContentId()).put("variant", content.getVariant());
    json.put("mediaType", content.getMediaType());
    ByteBuffer body = content.getBody();
    if (body == null) json.put("bodyUri", content.getBodyUri());
    else if (ContentBodies.isText(content)) json.put("text", new String(bytes(body), UTF_8));
    else json.put("base64", Base64.getEncoder().encodeToString(bytes(body)));
    json.put("sha256", content.getBodySha256()).put("size", content.getBodySize());
    json.put("model", content.getModel().getName() + "@" + content.getModel().getVersion());
    json.put("modelDigest", content.getModel().getDigest()).put("templateVersion", content.getTemplateVersion());
    json.put("seed", content.getSeed()).put("finishReason", content.getFinishReason().name());
    json.put("executionId", content.getExecutionId()).put("chunkCount", content.getChunkCount());
    ObjectNode scores = json.putObject("scores");
    content.getScores().forEach(scores::put);
    return json;
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static ObjectNode of(PromptOutcome outcome) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("outcome", outcome.getOutcome().name()).put("reason", outcome.getReason());
    json.put("message", outcome.getMessage()).put("endedAt", outcome.getEndedAt().toString());
    var ids = json.putArray("contentIds");
    outcome.getContentIds().forEach(ids::add);
    return json;
  }
}
