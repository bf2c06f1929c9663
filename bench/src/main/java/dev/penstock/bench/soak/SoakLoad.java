package dev.penstock.bench.soak;

import dev.penstock.chaos.load.Arrivals;
import dev.penstock.chaos.load.Journey;
import dev.penstock.chaos.load.PromptSet;
import dev.penstock.chaos.load.SteadyLoad;
import dev.penstock.schemas.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Prompts at an even pace for the soaked instance, with hostile records among them if asked for.
record SoakLoad(SoakSite site, PromptSet prompts, Arrivals arrivals, long seed) {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PATIENCE_FOR_OUTCOMES = Duration.ofSeconds(60);
  private static final int MORE_THAN_IT_CAN = 200;
  private static final Duration FILLING = Duration.ofSeconds(4);

  /// What is done while the load runs.
  interface Work {
    void run() throws Exception;
  }

  /// What was sent, when all of it had ended.
  ///
  /// @param journeys of the good prompts
  /// @param hostile how many hostile records ended how
  record Ended(Instant from, Instant to, List<Journey> journeys, Map<Outcome, Integer> hostile) {

    double goodPerSecond() {
      return journeys.size() / (Duration.between(from, to).toMillis() / 1e3);
    }

    int hostileRecords() {
      return hostile.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /// A backlog is worked off.
  Ended backlog(String name, double hostilePerSecond) throws Exception {
    return during(name, MORE_THAN_IT_CAN, hostilePerSecond, () -> Thread.sleep(FILLING));
  }

  /// @throws IllegalStateException if a good prompt has no content, or a hostile record not exactly one outcome
  Ended during(String name, double perSecond, double hostilePerSecond, Work work) throws Exception {
    Instant start = Instant.now();
    Set<Position> hostile = Set.of();
    try (SteadyLoad load = new SteadyLoad(site.clients(), site.registry(), prompts, arrivals)) {
      load.start(name, perSecond, seed);
      if (hostilePerSecond == 0) work.run();
      else hostile = amongHostile(name, load, hostilePerSecond, work);
    }
    awaitContents();
    Instant end = Instant.now();
    List<Journey> journeys = arrivals.journeys().stream().filter(journey -> !journey.sent().isBefore(start)).toList();
    var account = new OutcomeAccount(site.clients(), site.registry(), PATIENCE_FOR_OUTCOMES);
    return new Ended(start, end, journeys, account.of(hostile));
  }

  private Set<Position> amongHostile(String name, SteadyLoad load, double perSecond, Work work) throws Exception {
    // Some that were sent a moment ago.
    Supplier<String> good = () -> name + "-" + Math.max(0, load.sent() - 100);
    try (HostileLoad hostile = new HostileLoad(site.clients(), site.registry(), name, perSecond, seed, good)) {
      work.run();
      return hostile.stop();
    }
  }

  private void awaitContents() throws InterruptedException {
    Instant giveUp = Instant.now().plus(PATIENCE);
    while (arrivals.underWay() > 0) {
      if (Instant.now().isAfter(giveUp))
        throw new IllegalStateException("%d prompts have no content after %s".formatted(arrivals.underWay(), PATIENCE));
      Thread.sleep(20);
    }
  }
}
