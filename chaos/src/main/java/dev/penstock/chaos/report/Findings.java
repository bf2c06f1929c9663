package dev.penstock.chaos.report;

import dev.penstock.chaos.fault.FaultKind;
import dev.penstock.chaos.load.Journey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a run showed.
///
/// @param strikes in the order of their starts
/// @param violations sentences by the figure that counts them, such as `lost`; every figure is there
/// @param accountOfTopics how many records of which kind there were
/// @param left kinds of faults that this machine cannot have
/// @param unexpectedExits processes that ended without being asked to
public record Findings(
    long seed,
    Instant start,
    Instant end,
    List<Strike> strikes,
    List<Journey> journeys,
    Map<String, List<String>> violations,
    Map<String, Integer> accountOfTopics,
    List<FaultKind> left,
    List<String> unexpectedExits) {

  public Findings {
    strikes = strikes.stream().sorted(Comparator.comparing(Strike::start)).toList();
    journeys = List.copyOf(journeys);
    violations = new LinkedHashMap<>(violations);
    accountOfTopics = new LinkedHashMap<>(accountOfTopics);
    left = List.copyOf(left);
    unexpectedExits = List.copyOf(unexpectedExits);
  }

  /// Whether every guarantee held and the site recovered from every fault.
  public boolean isGood() {
    return violations.values().stream().allMatch(List::isEmpty)
        && strikes.stream().allMatch(strike -> strike.failure() == null);
  }

  /// The longest delay of a prompt that was under way while a fault of the kind lasted, with whatever else lasted then.
  public Map<FaultKind, Duration> worstDelays() {
    Map<FaultKind, Duration> worst = new EnumMap<>(FaultKind.class);
    for (Strike strike : strikes) worst.merge(strike.kind(), worstDelay(strike), (a, b) -> a.compareTo(b) > 0 ? a : b);
    return worst;
  }

  /// The longest delay of a prompt that was under way during a fault.
  public Duration worstDelay(Strike strike) {
    return journeys.stream()
        .filter(journey -> journey.wasUnderWay(strike.start(), strike.end()))
        .map(journey -> journey.delay(end))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /// The longest delay by input partition.
  public Map<Integer, Duration> worstDelayByPartition() {
    Map<Integer, Duration> worst = new TreeMap<>();
    for (Journey journey : journeys)
      worst.merge(journey.partition(), journey.delay(end), (a, b) -> a.compareTo(b) > 0 ? a : b);
    return worst;
  }

  public Duration medianDelay() {
    List<Duration> sorted = journeys.stream().map(journey -> journey.delay(end)).sorted().toList();
    return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
  }

  /// How many faults of each kind there were.
  public Map<FaultKind, Integer> counts() {
    Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    for (Strike strike : strikes) counts.merge(strike.kind(), 1, Integer::sum);
    return counts;
  }
}
