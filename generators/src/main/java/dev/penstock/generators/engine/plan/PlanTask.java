package dev.penstock.generators.engine.plan;

import dev.penstock.generators.Priority;

/// Something a plan thread does next. `run` does not throw.
public interface PlanTask extends Runnable {

  Priority priority();

  /// Whether this brings a request to its end: such tasks go before those that start one.
  boolean ends();
}
