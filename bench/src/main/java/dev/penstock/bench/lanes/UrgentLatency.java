package dev.penstock.bench.lanes;

import dev.penstock.bench.Figures;
import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.lane.StepEngine;
import java.util.concurrent.CompletableFuture;

/// How long one urgent request takes from submission to completion, alone or beside whatever the engine does.
record UrgentLatency(StepEngine engine, Saturation requests) {

  private static final int PAUSE_MILLIS = 25;

  /// @return the median of `count` requests, one after another, in milliseconds
  double median(int count) throws Exception {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      CompletableFuture<Long> ended = new CompletableFuture<>();
      long start = System.nanoTime();
      engine.submit(
          requests.digest(), requests.request(i, Priority.URGENT), result -> result,
          new Completion<GenerationResult>() {
            @Override
            public void completed(GenerationResult value) {
              ended.complete(System.nanoTime());
            }

            @Override
            public void failed(GenerationException cause) {
              ended.complete(System.nanoTime());
            }
          });
      millis[i] = (ended.get() - start) / 1e6;
      Thread.sleep(PAUSE_MILLIS);
    }
    return Figures.median(millis);
  }
}
