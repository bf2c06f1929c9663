package dev.penstock.chaos.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// What an instance says about itself under `/status`; the figures are read one by one, so they may be a moment apart.
///
/// @param inboxEntries prompts that wait or run in its inboxes
/// @param inFlight variants the engine has and has not finished
/// @param busySlots slots of the models that generate now
/// @param steps the models have made since the process began
public record Status(long inboxEntries, int inFlight, int busySlots, long steps) {

  /// Of a process that does not answer.
  public static final Status NONE = new Status(0, 0, 0, 0);

  private static final ObjectMapper JSON = new ObjectMapper();

  static Status parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      long steps = 0;
      for (JsonNode lane : node.required("lanes")) steps += lane.required("figures").required("steps").asLong();
      return new Status(
          node.required("inboxEntries").asLong(),
          node.required("inFlight").asInt(),
          node.required("busySlots").asInt(),
          steps);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the status is no JSON: " + json, e);
    }
  }

  /// Prompts of one variant that are generated and still in the inbox, if the engine has all that is in it.
  public long unharvested() {
    return inboxEntries - inFlight;
  }
}
