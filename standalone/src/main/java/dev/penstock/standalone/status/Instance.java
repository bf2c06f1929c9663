package dev.penstock.standalone.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What one instance of generator-stream says of itself under `/status`.
///
/// @param name its `instance.id`, or its pid
/// @param cluster the id of the Kafka cluster it works on; empty while it does not know
/// @param oldestMillis since the oldest prompt of its inbox was sent; 0 if there is none
record Instance(
    String name,
    String cluster,
    long pid,
    boolean isReady,
    int tasks,
    long inboxEntries,
    long oldestMillis,
    int inFlight,
    List<Lane> lanes) {

  Instance {
    lanes = List.copyOf(lanes);
  }

  /// A model as it is served there.
  ///
  /// @param meanRows busy rows of the mean step
  record Lane(
      String model, boolean isLoaded, int slots, int busy, int queued, long steps, double meanRows, double stepMillis,
      long failedSteps) {}

  static Instance parse(JsonNode status) {
    List<Lane> lanes = new ArrayList<>();
    for (JsonNode lane : status.path("lanes")) lanes.add(lane(lane, status.path("models")));
    String name = status.path("instance").asText();
    long pid = status.path("pid").asLong();
    return new Instance(
        name.isEmpty() ? "pid " + pid : name,
        status.path("cluster").asText(),
        pid,
        status.path("ready").asBoolean(),
        status.path("tasks").asInt(),
        status.path("inboxEntries").asLong(),
        status.path("oldestMillis").asLong(),
        status.path("inFlight").asInt(),
        lanes);
  }

  private static Lane lane(JsonNode lane, JsonNode models) {
    String digest = lane.path("modelDigest").asText();
    JsonNode figures = lane.path("figures");
    long steps = figures.path("steps").asLong();
    return new Lane(
        models.path(digest).asText(digest.substring(0, Math.min(12, digest.length()))),
        lane.path("loaded").asBoolean(),
        lane.path("slots").asInt(),
        lane.path("busySlots").asInt(),
        lane.path("queued").asInt(),
        steps,
        steps == 0 ? 0 : figures.path("rows").asDouble() / steps,
        steps == 0 ? 0 : figures.path("stepNanos").asDouble() / 1e6 / steps,
        figures.path("failedSteps").asLong());
  }
}
