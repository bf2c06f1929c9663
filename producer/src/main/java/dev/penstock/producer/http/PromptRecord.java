package dev.penstock.producer.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.producer.answers.StreamedTexts;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is known of one prompt, and what happened in order. The topics are read side by side; an outcome is told when the
/// contents it names were told. Any thread.
final class PromptRecord {

  /// Something that happened.
  ///
  /// @param number from 1, without gaps
  /// @param name of the server-sent event
  /// @param isLast whether nothing follows
  record Event(int number, String name, String json, boolean isLast) {}

  private final String promptId;
  private @Nullable String fingerprint;
  private @Nullable String orderKey;
  private @Nullable String tenant;
  private final OpenPrompts open;
  private boolean isOpen;
  private final StreamedTexts texts = new StreamedTexts();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, ObjectNode> contents = new LinkedHashMap<>();
  private @Nullable PromptOutcome outcome;
  private boolean isEnded;
  private long bytes = 256;

  private final Lock sending = new ReentrantLock();

  PromptRecord(String promptId, OpenPrompts open) {
    this.promptId = promptId;
    this.open = open;
  }

  /// Notes what somebody asks for who may be refused.
  ///
  /// @return what had been noted before, or null
  /// @throws Problem 429 if its tenant has too many open
  synchronized @Nullable String asks(PromptRequested prompt, String newFingerprint) {
    if (fingerprint != null) return fingerprint;
    open.admit(prompt.getTenant());
    isOpen = true;
    note(prompt, newFingerprint);
    return null;
  }

  /// Notes what was asked for, as the topic says.
  synchronized void asked(PromptRequested prompt, String newFingerprint) {
    if (fingerprint == null) note(prompt, newFingerprint);
  }

  private void note(PromptRequested prompt, String newFingerprint) {
    fingerprint = newFingerprint;
    orderKey = prompt.getOrderKey();
    tenant = prompt.getTenant();
  }

  /// It does not count as open any more: it ended, or is forgotten.
  synchronized void closed() {
    if (isOpen && tenant != null) open.ended(tenant);
    isOpen = false;
  }

  /// Whose prompt it is, if something was seen that says so.
  synchronized @Nullable String tenant() {
    return tenant;
  }

  /// The prompt's order key, if it has one.
  synchronized @Nullable String orderKey() {
    return orderKey;
  }

  /// It did not reach the topic.
  synchronized void notSent() {
    closed();
    fingerprint = null;
  }

  /// Held while it is sent.
  Lock sending() {
    return sending;
  }

  synchronized void chunk(ContentChunk chunk) {
    texts
        .add(chunk)
        .ifPresent(
            progress -> {
              switch (progress) {
                case StreamedTexts.Progress.Began began -> text("begin", chunk, began.text());
                case StreamedTexts.Progress.WentOn more -> text("text", chunk, more.text());
              }
            });
  }

  private void text(String name, ContentChunk chunk, String text) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("contentId", chunk.getContentId()).put("variant", chunk.getVariant());
    json.put("executionId", chunk.getExecutionId()).put("text", text);
    add(name, json, false);
  }

  /// @param body of text content, for the end of its preview; empty for other content
  synchronized void content(ContentGenerated content, byte[] body) {
    texts.seal(content, body);
    ObjectNode json = PromptJson.of(content);
    if (contents.put(content.getContentId(), json) == null) add("content", json, false);
    endIfComplete();
  }

  /// A record that only repeats the id of an earlier one does not end that.
  synchronized void outcome(PromptOutcome ended) {
    if (ended.getOutcome() == Outcome.DUPLICATE_OF) return;
    outcome = ended;
    if (tenant == null) tenant = ended.getTenant();
    closed();
    endIfComplete();
  }

  private void endIfComplete() {
    if (outcome == null || isEnded || !contents.keySet().containsAll(outcome.getContentIds())) return;
    isEnded = true;
    add("outcome", PromptJson.of(outcome), true);
  }

  private void add(String name, ObjectNode json, boolean isLast) {
    String text = json.toString();
    bytes += text.length();
    events.add(new Event(events.size() + 1, name, text, isLast));
    notifyAll();
  }

  /// The events after `number`; waits for one if there is none yet and more is to come.
  ///
  /// @return empty if nothing happened for as long as `millis`
  synchronized List<Event> after(int number, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; events.size() <= number && !isEnded && left > 0; left = (end - System.nanoTime()) / 1_000_000)
      wait(left);
    return number >= events.size() ? List.of() : List.copyOf(events.subList(Math.max(0, number), events.size()));
  }

  synchronized boolean isEnded() {
    return isEnded;
  }

  /// About how much memory it takes.
  synchronized long bytes() {
    return bytes;
  }

  synchronized ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("promptId", promptId).put("state", isEnded ? "ENDED" : events.isEmpty() ? "WAITING" : "WRITING");
    if (isEnded && outcome != null) json.set("outcome", PromptJson.of(outcome));
    ArrayNode list = json.putArray("contents");
    contents.values().forEach(list::add);
    return json;
  }
}
