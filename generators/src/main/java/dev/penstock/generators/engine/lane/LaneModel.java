package dev.penstock.generators.engine.lane;

import dev.penstock.generators.Generator;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.engine.device.MemoryBudget;
import dev.penstock.generators.engine.device.MemoryBudget.Claim;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lane's generator: in memory, or to be loaded when there is room. The lane thread alone, except where it says
/// otherwise.
final class LaneModel<P, D> {

  private static final Logger log = LoggerFactory.getLogger(LaneModel.class);

  private final GeneratorSource<P, D> source;
  private final EngineClock clock;
  private final MemoryBudget budget;
  /// Null for a model that stays.
  private final @Nullable Claim claim;
  private volatile @Nullable Generator<P, D> generator;
  private volatile int loads;
  private @Nullable Priority told;
  private boolean asked;

  private LaneModel(
      GeneratorSource<P, D> source, EngineClock clock, MemoryBudget budget, @Nullable Claim claim) {
    this.source = source;
    this.clock = clock;
    this.budget = budget;
    this.claim = claim;
  }

  /// One that is loaded and stays so until the lane ends.
  static <P, D> LaneModel<P, D> resident(String name, Generator<P, D> generator, EngineParts parts) {
    LaneModel<P, D> model = new LaneModel<>(new Loaded<>(name, generator), parts.clock(), parts.memory(), null);
    model.generator = generator;
    return model;
  }

  /// One that is loaded when the lane has work for it.
  ///
  /// @param nudge makes the lane look around
  static <P, D> LaneModel<P, D> onDemand(GeneratorSource<P, D> source, EngineParts parts, Runnable nudge) {
    return new LaneModel<>(source, parts.clock(), parts.memory(), new Claim(source.bytes(), nudge));
  }

  private record Loaded<P, D>(String name, Generator<P, D> generator) implements GeneratorSource<P, D> {
    @Override
    public int slots() {
      return generator.stepper().slots();
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public Generator<P, D> open() {
      return generator;
    }
  }

  /// Any thread.
  String name() {
    return source.name();
  }

  /// Any thread.
  int slots() {
    return source.slots();
  }

  /// Any thread.
  boolean isLoaded() {
    return generator != null;
  }

  /// Any thread. How often it was loaded.
  int loads() {
    return loads;
  }

  /// The loaded generator. The lane thread, and plan threads while the lane holds what they work on.
  Generator<P, D> generator() {
    Generator<P, D> loaded = generator;
    if (loaded == null) throw new IllegalStateException("the model " + source.name() + " is not loaded");
    return loaded;
  }

  Stepper<P, D> stepper() {
    return generator().stepper();
  }

  /// Loads the model if there is room for it.
  ///
  /// @param priority of the lane's most urgent work; null loads ahead of any work, where that costs nobody anything
  /// @return whether it is loaded
  boolean load(@Nullable Priority priority) {
    if (generator != null || claim == null) return true;
    long start = clock.nanoTime();
    asked = priority != null;
    if (!(priority == null ? budget.grantsSpare(claim, start) : budget.grants(claim, priority, start))) return false;
    try {
      generator = open();
    } catch (Throwable e) {
      budget.gone(claim, clock.nanoTime());
      throw e;
    }
    long now = clock.nanoTime();
    loads++;
    asked = false;
    told = priority;
    budget.loaded(claim, now - start, now);
    log.atInfo().addKeyValue("model", source.name()).addKeyValue("millis", (now - start) / 1_000_000)
        .log("A model was loaded");
    return true;
  }

  private Generator<P, D> open() {
    Generator<P, D> opened = source.open();
    int slots = opened.stepper().slots();
    if (slots == source.slots()) return opened;
    opened.close();
    throw new IllegalStateException(
        "the model " + source.name() + " has " + slots + " slots; its source said " + source.slots());
  }

  /// The lane's work for it changed.
  ///
  /// @param priority the most urgent, or null if there is none
  void works(@Nullable Priority priority) {
    if (claim == null) return;
    if (generator == null) {
      if (priority != null || !asked) return;
      asked = false;
      budget.gone(claim, clock.nanoTime());
    } else if (priority != told) {
      told = priority;
      budget.works(claim, priority, clock.nanoTime());
    }
  }

  /// Whether another model needs the room: nothing more may be begun with this one, and once nothing is unfinished, it
  /// is to be closed.
  boolean isLeaving() {
    return claim != null && claim.isLeaving();
  }

  /// Closes it, if it is loaded; if it waits for room, it does so no more. No plan thread may be using it.
  void close() {
    Generator<P, D> loaded = generator;
    if (loaded == null) {
      works(null);
      return;
    }
    generator = null;
    try {
      loaded.close();
    } finally {
      if (claim != null) budget.gone(claim, clock.nanoTime());
    }
    if (claim != null) log.atInfo().addKeyValue("model", source.name()).log("A model was closed");
  }
}
