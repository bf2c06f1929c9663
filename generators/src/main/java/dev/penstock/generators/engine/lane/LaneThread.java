package dev.penstock.generators.engine.lane;

import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.crash.FlightRecorder;
import dev.penstock.generators.engine.plan.TraceWithoutText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The platform thread of one lane, from its start to its end. It sleeps while there is nothing to do.
///
/// It ends by [#drain], once every request is completed, and then closes the generator; or by [#stop], at the next
/// step boundary, and leaves the generator to the engine, because plan threads may still be using it.
final class LaneThread<P, D> {

  private static final Logger log = LoggerFactory.getLogger(LaneThread.class);

  private final String modelDigest;
  private final Lane<P, D> lane;
  private final FlightRecorder recorder;
  private final EngineClock clock;
  private final Thread thread;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean draining;
  private volatile boolean stopped;

  LaneThread(String modelDigest, Lane<P, D> lane, FlightRecorder recorder, EngineClock clock) {
    this.modelDigest = modelDigest;
    this.lane = lane;
    this.recorder = recorder;
    this.clock = clock;
    // 15 bytes, or the operating system cuts it.
    String name = "lane-" + modelDigest.substring(0, Math.min(10, modelDigest.length()));
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Lane<P, D> lane() {
    return lane;
  }

  /// Counts a request in, unless the lane is on its way out.
  boolean expect() {
    lane.mail().expect();
    if (!draining) return true;
    lane.mail().settle();
    return false;
  }

  boolean isDraining() {
    return draining;
  }

  /// Takes no more requests and ends when those it has are completed.
  ///
  /// @return done when the generator is closed
  CompletableFuture<Void> drain() {
    draining = true;
    lane.mail().nudge();
    return drained;
  }

  /// Gives up all executions at the next step boundary and ends.
  void stop() {
    stopped = true;
    lane.mail().nudge();
  }

  /// @return whether the thread ended in this time
  boolean join(Duration atMost) throws InterruptedException {
    return thread.join(atMost);
  }

  /// Closes the generator, unless [#drain] did. After the thread ended.
  void closeGenerator() {
    if (drained.isDone()) return;
    lane.closeModel();
    drained.complete(null);
  }

  private void run() {
    while (!stopped && !(draining && lane.mail().pending() == 0)) {
      if (!turn()) sleep();
    }
    lane.abandon();
    try {
      recorder.close();
    } catch (IOException e) {
      log.atWarn().addKeyValue("model", modelDigest).setCause(e).log("A flight recorder could not be removed");
    }
    if (!stopped) closeGenerator();
  }

  private boolean turn() {
    try {
      return lane.turn();
    } catch (Throwable e) {
      log.atError().addKeyValue("model", modelDigest).setCause(TraceWithoutText.of(e))
          .log("The lane failed by itself; what it held is failed");
      lane.failAll(e);
      return true;
    }
  }

  private void sleep() {
    long due = lane.nextTurnMillis();
    if (due == Long.MAX_VALUE) lane.mail().await(Long.MAX_VALUE);
    else lane.mail().await(TimeUnit.MILLISECONDS.toNanos(Math.max(1, due - clock.millis())));
  }
}
