package dev.penstock.generatorstream;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.PlanStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An engine that answers every request with its own words, on threads of its own; or, when mute, never.
final class EchoEngine implements Engine, AutoCloseable {

  final AtomicInteger submitted = new AtomicInteger();
  private final boolean mute;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  EchoEngine(boolean mute) {
    this.mute = mute;
  }

  @Override
  public <T> Ticket submit(
      String modelDigest,
      GenerationRequest request,
      PlanStage<GenerationResult, T> last,
      Completion<T> completion) {
    submitted.incrementAndGet();
    if (!mute) threads.execute(() -> answer(request, last, completion));
    return () -> {};
  }

  private static <T> void answer(
      GenerationRequest request, PlanStage<GenerationResult, T> last, Completion<T> completion) {
    try {
      completion.completed(last.apply(FakeEngine.result(request.input().brief())));
    } catch (GenerationException e) {
      completion.failed(e);
    }
  }

  @Override
  public boolean serves(String modelDigest) {
    return true;
  }

  @Override
  public int inFlight() {
    return submitted.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
