package dev.penstock.producer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.producer.InvalidPromptException;
import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptField;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.SentPrompt;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/prompts`: takes prompts and says what became of them.
final class PromptRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(PromptRoutes.class);
  private static final int ACKNOWLEDGED_WITHIN_SECONDS = 15;
  private static final int LONGEST_KEY = 128;

  /// What a prompt says that says nothing.
  private static final String NO_TENANT = "default";

  private final PromptSender sender;
  private final PromptLog log;

  PromptRoutes(PromptSender sender, PromptLog log) {
    this.sender = sender;
    this.log = log;
  }

  /// `POST /v1/prompts`: 202 with id and record key. The same `Idempotency-Key` of a tenant is the same prompt: sent
  /// once, 202 again for the same body, 422 for another.
  void send(Context context) throws InterruptedException {
    requireJson(context);
    String key = idempotencyKey(context);
    PromptRequested prompt = prompt(context.body(), key, Access.tenantOf(context));
    String fingerprint = Fingerprint.of(prompt);
    PromptRecord record = log.of(prompt.getPromptId());
    // Whoever repeats a request that is on its way learns what became of that.
    record.sending().lockInterruptibly();
    try {
      String before = asks(record, prompt, fingerprint);
      if (before != null && !before.equals(fingerprint))
        throw new Problem(422, "Another prompt was sent under this id; another prompt needs another Idempotency-Key.");
      if (before == null) acknowledged(prompt, record);
    } finally {
      record.sending().unlock();
    }
    accepted(context, prompt);
  }

  private @Nullable String asks(PromptRecord record, PromptRequested prompt, String fingerprint) {
    try {
      return record.asks(prompt, fingerprint);
    } catch (Problem refused) {
      log.remove(prompt.getPromptId());
      throw refused;
    }
  }

  private static void requireJson(Context context) {
    String type = context.contentType();
    if (type == null || !type.startsWith("application/json"))
      throw new Problem(415, "A prompt is sent as Content-Type: application/json.");
  }

  private static @Nullable String idempotencyKey(Context context) {
    String key = context.header("Idempotency-Key");
    if (key == null) return null;
    boolean isPrintable = key.chars().noneMatch(Character::isISOControl);
    if (key.isBlank() || key.length() > LONGEST_KEY || !isPrintable)
      throw new Problem(400, "Idempotency-Key has %d characters; allowed are 1 to %d printable ones.".formatted(key.length(), LONGEST_KEY));
    return key;
  }

  /// @param tenant whose token was shown, or null for whoever the body says
  private static PromptRequested prompt(String body, @Nullable String key, @Nullable String tenant) {
    PromptDraft draft = new PromptDraft();
    if (key != null) draft.set(PromptField.PROMPT_ID, "-");
    PromptRequested asked = ofTenant(PromptJson.read(body, draft), tenant);
    if (key == null) return asked;
    if (!asked.getPromptId().equals("-"))
      throw new Problem(400, "Idempotency-Key and promptId are both set; set one of them.");
    return PromptRequested.newBuilder(asked).setPromptId(Ids.promptId(asked.getTenant(), key)).build();
  }

  private static PromptRequested ofTenant(PromptRequested asked, @Nullable String tenant) {
    if (tenant == null || tenant.equals(asked.getTenant())) return asked;
    if (!asked.getTenant().equals(NO_TENANT))
      throw new Problem(403, "The token shown is that of tenant %s; leave tenant out.".formatted(tenant));
    return PromptRequested.newBuilder(asked).setTenant(tenant).build();
  }

  private void acknowledged(PromptRequested prompt, PromptRecord record) throws InterruptedException {
    try {
      SentPrompt sent = sender.send(prompt).get(ACKNOWLEDGED_WITHIN_SECONDS, TimeUnit.SECONDS);
      LOG.atDebug().addKeyValue("promptId", sent.promptId()).log("a prompt was sent");
    } catch (InvalidPromptException e) {
      forget(record, prompt);
      throw new Problem(400, PromptJson.sentence(e));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      forget(record, prompt);
      LOG.atWarn().addKeyValue("reason", String.valueOf(e.getMessage())).log("a prompt could not be sent");
      throw new Problem(503, "Kafka or the schema registry does not answer at the moment; send it again with the same Idempotency-Key.");
    }
  }

  private void forget(PromptRecord record, PromptRequested prompt) {
    record.notSent();
    log.remove(prompt.getPromptId());
  }

  private static void accepted(Context context, PromptRequested prompt) {
    String key = new String(PromptKey.of(prompt.getPromptId(), prompt.getOrderKey()), StandardCharsets.UTF_8);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("promptId", prompt.getPromptId()).put("key", key);
    String place = "/v1/prompts/" + java.net.URLEncoder.encode(prompt.getPromptId(), StandardCharsets.UTF_8).replace("+", "%20");
    context.status(202).header("Location", place).contentType("application/json").result(json.toString());
  }

  /// `GET /v1/prompts/{id}`
  void show(Context context) {
    context.contentType("application/json").result(record(context).json().toString());
  }

  /// `DELETE /v1/prompts/{id}`:
  /// 202 once the cancellation is on its topic, 200 if there is nothing to take back because the prompt has ended.
  void cancel(Context context) throws InterruptedException {
    PromptRecord record = record(context);
    if (!record.isEnded()) {
      try {
        sender
            .cancel(context.pathParam("id"), record.orderKey(), Access.tenantOf(context), context.queryParam("reason"))
            .get(ACKNOWLEDGED_WITHIN_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException | KafkaException e) {
        LOG.atWarn().addKeyValue("reason", String.valueOf(e.getMessage())).log("a prompt could not be taken back");
        throw new Problem(503, "Kafka or the schema registry does not answer at the moment; try again.");
      }
      context.status(202);
    }
    show(context);
  }

  PromptRecord record(Context context) {
    String tenant = Access.tenantOf(context);
    return log.find(context.pathParam("id"))
        .filter(record -> tenant == null || tenant.equals(record.tenant()))
        .orElseThrow(() -> new Problem(404, "No prompt with this id was seen of late (http.memory.ms)."));
  }
}
