package dev.penstock.bench.pipeline;

import java.lang.management.ManagementFactory;

/// What the JVM's compiler does meanwhile: until the code is compiled, it takes the time of a processor that has little to
/// spare, and rounds measure it more than the code.
final class Compiler {

  private long millis = total();
  private long nanos = System.nanoTime();

  /// The share of the time since the last call, or since this was made, for which it compiled.
  double share() {
    long compiled = total() - millis;
    long passed = System.nanoTime() - nanos;
    millis += compiled;
    nanos += passed;
    return compiled * 1e6 / passed;
  }

  private static long total() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }
}
