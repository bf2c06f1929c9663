package dev.penstock.chaos;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.fault.Fault;
import dev.penstock.chaos.fault.FaultKind;
import dev.penstock.chaos.report.Strike;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Deals faults: every kind comes once before any comes again, in an order that the seed decides; a fault whose target
/// is busy with another waits for the next turn. Each strikes on a thread of its own.
final class FaultPlan {

  /// Between faults that are to be apart: what one has held up has arrived when the next begins, and is not counted for it.
  private static final Duration AFTERMATH = Duration.ofSeconds(5);

  private final Site site;
  private final ChaosPlan plan;
  private final PrintStream out;
  private final Random random;
  private final Instant start = Instant.now();
  private final Deque<FaultKind> deck = new ArrayDeque<>();
  private final Set<String> claimed = new HashSet<>();
  private final Set<FaultKind> impossible = new HashSet<>();
  private final List<Strike> strikes = new CopyOnWriteArrayList<>();
  private final List<Thread> running = new ArrayList<>();
  private Instant nextStart = start.plusSeconds(3);

  FaultPlan(Site site, ChaosPlan plan, PrintStream out) {
    this.site = site;
    this.plan = plan;
    this.out = out;
    this.random = new Random(plan.seed());
  }

  /// Starts a fault if it is time for one. To be called often, by one thread.
  void tick() {
    running.removeIf(thread -> !thread.isAlive());
    Instant now = Instant.now();
    if (!plan.mayOverlap() && !running.isEmpty()) nextStart = later(nextStart, now.plus(AFTERMATH));
    if (now.isBefore(nextStart) || now.isAfter(start.plus(plan.length()))) return;
    if (strikeOne())
      nextStart = Instant.now().plus(plan.gap()).plusMillis(random.nextLong(plan.slack().toMillis() + 1));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private boolean strikeOne() {
    if (deck.isEmpty()) shuffle();
    for (int i = deck.size(); i > 0; i--) {
      FaultKind kind = deck.removeFirst();
      long seed = random.nextLong();
      Fault fault = kind.draw(site, seed);
      if (fault == null) {
        impossible.add(kind);
        continue;
      }
      if (claim(fault)) {
        running.add(Thread.ofPlatform().name("fault-" + kind.figure()).daemon().start(() -> strike(kind, fault, seed)));
        return true;
      }
      deck.addLast(kind);
    }
    return false;
  }

  private void shuffle() {
    List<FaultKind> kinds = new ArrayList<>(plan.kinds());
    kinds.removeAll(impossible);
    Collections.shuffle(kinds, random);
    deck.addAll(kinds);
  }

  private synchronized boolean claim(Fault fault) {
    if (!Collections.disjoint(claimed, fault.claims())) return false;
    return claimed.addAll(fault.claims());
  }

  private synchronized void release(Fault fault) {
    claimed.removeAll(fault.claims());
  }

  /// Whether no fault has it in hand.
  synchronized boolean isFree(String claim) {
    return !claimed.contains(claim);
  }

  private void strike(FaultKind kind, Fault fault, long seed) {
    Instant began = Instant.now();
    say("%s: %s".formatted(kind.figure(), fault.target()));
    String failure = failure(fault);
    Instant ended = Instant.now();
    strikes.add(new Strike(kind, fault.target(), seed, began, ended, failure));
    say(
        String.format(
            Locale.ROOT, "%s: %s over after %.1f s%s", kind.figure(), fault.target(),
            Duration.between(began, ended).toMillis() / 1e3, failure == null ? "" : ", NOT RECOVERED: " + failure));
    release(fault);
  }

  private static @Nullable String failure(Fault fault) {
    try {
      fault.strike();
      return null;
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void say(String line) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", Duration.between(start, Instant.now()).toMillis() / 1e3, line);
  }

  /// Whether the time for faults is over and none lasts.
  boolean isOver() {
    return Instant.now().isAfter(start.plus(plan.length())) && running.stream().noneMatch(Thread::isAlive);
  }

  Instant start() {
    return start;
  }

  List<Strike> strikes() {
    return List.copyOf(strikes);
  }

  /// What this machine cannot have, as far as it was tried.
  List<FaultKind> impossible() {
    return impossible.stream().sorted().toList();
  }
}
