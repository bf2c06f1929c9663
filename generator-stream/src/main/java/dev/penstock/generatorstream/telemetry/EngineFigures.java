package dev.penstock.generatorstream.telemetry;

import dev.penstock.generators.engine.LaneSnapshot;
import java.util.List;

/// What the engine says of itself when it is asked.
///
/// @param modelBytes of models that are loaded on demand
/// @param modelsWaiting for memory
public record EngineFigures(
    int inFlight, long modelBytes, int modelsWaiting, long evictions, List<LaneSnapshot> lanes) {

  public EngineFigures {
    lanes = List.copyOf(lanes);
  }
}
