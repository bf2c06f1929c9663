package dev.penstock.generators.engine.schedule;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// What a lane measured lately: how long a step takes, and how many steps a request takes. Time waited for the device
/// is not in it. What is older than ten seconds is forgotten, so that a slow spell does not refuse, for ever, the very
/// requests that would show that it is over. One thread.
public final class Pace {

  public static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// With fewer requests it is not known how many steps one takes.
  public static final int ENOUGH = 16;

  private static final int WINDOW = 128;

  private final long[] stepNanos = new long[WINDOW];
  private final int[] requestSteps = new int[WINDOW];
  private final long[] requestSlotSteps = new long[WINDOW];
  private final long[] requestNanos = new long[WINDOW];
  private int steps;
  private int requests;
  private long lastNanos;
  private int quickSteps;
  private int slowSteps;

  /// A step that went well.
  public void step(long nanos, long nowNanos) {
    forget(nowNanos);
    lastNanos = nowNanos;
    stepNanos[steps++ % WINDOW] = nanos;
  }

  /// A request that was finished, after so many of the lane's steps.
  ///
  /// @param nanos from its admission on, with all waits
  public void finished(long laneSteps, int slots, long nanos) {
    int at = requests++ % WINDOW;
    requestSteps[at] = (int) Math.min(laneSteps, Integer.MAX_VALUE);
    requestSlotSteps[at] = laneSteps * slots;
    requestNanos[at] = nanos;
    quickSteps = 0;
    slowSteps = 0;
  }

  /// Drops what is too old to say anything.
  public void forget(long nowNanos) {
    if (steps == 0 || nowNanos - lastNanos < MEMORY_NANOS) return;
    steps = 0;
    requests = 0;
    quickSteps = 0;
    slowSteps = 0;
  }

  public boolean knowsRequests() {
    return requests >= ENOUGH;
  }

  /// The fastest of the last steps, which no request can do without; zero if none was measured.
  public long fastestNanos() {
    return Arrays.stream(stepNanos, 0, Math.min(steps, WINDOW)).min().orElse(0);
  }

  /// The mean of the last steps; zero if none was measured.
  public double meanNanos() {
    return Arrays.stream(stepNanos, 0, Math.min(steps, WINDOW)).average().orElse(0);
  }

  /// The mean of what the last requests took of the lane: steps times slots. At least 1.
  public double meanSlotSteps() {
    return Math.max(1, Arrays.stream(requestSlotSteps, 0, Math.min(requests, WINDOW)).average().orElse(1));
  }

  /// A tenth of the last requests took no more steps than this; 1 if nothing is known.
  public int quickSteps() {
    if (quickSteps > 0 || !knowsRequests()) return Math.max(1, quickSteps);
    int[] sorted = Arrays.copyOf(requestSteps, Math.min(requests, WINDOW));
    Arrays.sort(sorted);
    return quickSteps = Math.max(1, sorted[sorted.length / 10]);
  }

  /// The most that one of the last requests took; 1 if nothing is known.
  public int slowSteps() {
    if (slowSteps > 0 || !knowsRequests()) return Math.max(1, slowSteps);
    return slowSteps = Math.max(1, Arrays.stream(requestSteps, 0, Math.min(requests, WINDOW)).max().orElse(1));
  }

  /// The longest that one of the last requests had its slots; zero if nothing is known.
  public long slowestNanos() {
    return knowsRequests() ? Arrays.stream(requestNanos, 0, Math.min(requests, WINDOW)).max().orElse(0) : 0;
  }
}
