package dev.penstock.generators.engine;

import java.util.List;
import java.util.stream.Collectors;

/// What becomes of the executions of a batch whose step threw: one that ran alone is poison; of several nobody knows
/// which it was, so each runs again alone.
///
/// @param poison the one that failed alone, or none
/// @param again those to run again, each alone
record BatchFailure<P, D>(List<Job<P, D, ?>> poison, List<Job<P, D, ?>> again) {

  static <P, D> BatchFailure<P, D> of(List<Job<P, D, ?>> batch) {
    var byAlone = batch.stream().collect(Collectors.partitioningBy(job -> job.alone));
    return new BatchFailure<>(byAlone.get(true), byAlone.get(false));
  }
}
