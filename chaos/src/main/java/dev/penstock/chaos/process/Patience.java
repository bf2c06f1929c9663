package dev.penstock.chaos.process;

import java.time.Duration;

/// How long anybody waits before it calls something lost. These are bounds for a machine that has much else to do;
/// every wait ends as soon as its condition holds.
public final class Patience {

  /// For a process to start, to stop, or to take its tasks.
  public static final Duration FOR_A_PROCESS = Duration.ofSeconds(240);

  /// For a workload to be done.
  public static final Duration FOR_WORK = Duration.ofSeconds(420);

  private Patience() {}
}
