package dev.penstock.generators.engine.lane;

import java.util.ArrayList;
import java.util.List;

/// Executions one of which may make a step fail: they are admitted together, with nothing beside them. Once they have
/// passed the step at which they failed before, they are like any others again. The lane thread alone.
///
/// A batch that failed is cut in halves, and a half that fails is cut again, so one bad request among `n` is found in
/// about `2 log2(n)` runs to the step where it fails.
final class Cohort<P, D> {

  /// Whose batches failed as often as this runs alone to its end: a model that fails now and then must not make
  /// a request begin again for ever.
  static final int MOST_FAILURES = 32;

  private static final long TO_THE_END = Long.MAX_VALUE;

  private final List<Job<P, D, ?>> members;
  private final long stepsToPass;

  private Cohort(List<Job<P, D, ?>> members, long stepsToPass) {
    this.members = List.copyOf(members);
    this.stepsToPass = stepsToPass;
    for (Job<P, D, ?> job : members) job.cohort = this;
  }

  /// A request that must run alone to its end.
  static <P, D> Cohort<P, D> alone(Job<P, D, ?> job) {
    return new Cohort<>(List.of(job), TO_THE_END);
  }

  /// Cuts a batch, oldest admissions first, in two; a batch of one stays as it is.
  ///
  /// @param stepsToPass steps after which those that run again have passed the one that failed
  static <P, D> List<Cohort<P, D>> halves(List<Job<P, D, ?>> batch, long stepsToPass) {
    List<Cohort<P, D>> cohorts = new ArrayList<>();
    List<Job<P, D, ?>> others = new ArrayList<>();
    for (Job<P, D, ?> job : batch) {
      if (++job.failures < MOST_FAILURES) others.add(job);
      else cohorts.add(alone(job));
    }
    int middle = (others.size() + 1) / 2;
    if (middle > 0) cohorts.add(new Cohort<>(others.subList(0, middle), stepsToPass));
    if (middle < others.size()) cohorts.add(new Cohort<>(others.subList(middle, others.size()), stepsToPass));
    return cohorts;
  }

  /// Who was in it at first; some may have ended since.
  List<Job<P, D, ?>> members() {
    return members;
  }

  /// Whether its members may be beside others again.
  ///
  /// @param steps how many they took since they were admitted
  boolean hasPassedAfter(long steps) {
    return steps >= stepsToPass;
  }
}
