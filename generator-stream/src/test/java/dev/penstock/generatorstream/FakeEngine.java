package dev.penstock.generatorstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.PlanStage;
import dev.penstock.generators.engine.StreamedCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An engine that does nothing until the test says how a request ends.
final class FakeEngine implements Engine {

  final class Submitted<T> implements Ticket {
    final GenerationRequest request;
    private final PlanStage<GenerationResult, T> last;
    private final Completion<T> completion;
    boolean cancelled;

    Submitted(GenerationRequest request, PlanStage<GenerationResult, T> last, Completion<T> completion) {
      this.request = request;
      this.last = last;
      this.completion = completion;
    }

    /// Tells a part of the text that the execution writes.
    void tell(UUID execution, String text) {
      ((StreamedCompletion<T>) completion).progressed(execution, Letters.part(text));
    }

    boolean isStreamed() {
      return completion instanceof StreamedCompletion<T>;
    }

    void answer(String text) {
      answer(text, UUID.randomUUID());
    }

    void answer(String text, UUID execution) {
      open.remove(this);
      try {
        completion.completed(last.apply(result(text).withExecution(execution)));
      } catch (GenerationException e) {
        completion.failed(e);
      }
    }

    void fail(GenerationException cause) {
      open.remove(this);
      completion.failed(cause);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /// What was submitted and not ended, in the order of submission.
  final List<Submitted<?>> open = new ArrayList<>();

  @Override
  public <T> Ticket submit(
      String modelDigest,
      GenerationRequest request,
      PlanStage<GenerationResult, T> last,
      Completion<T> completion) {
    Submitted<T> submitted = new Submitted<>(request, last, completion);
    open.add(submitted);
    return submitted;
  }

  @Override
  public boolean serves(String modelDigest) {
    return true;
  }

  @Override
  public int inFlight() {
    return open.size();
  }

  static GenerationResult result(String text) {
    return new GenerationResult(
        text.getBytes(UTF_8),
        "text/plain; charset=utf-8",
        List.of(),
        Map.of("relevance", 0.5),
        new GenerationResult.Usage(3, 5, 0, 5),
        GenerationResult.FinishReason.STOP,
        new GenerationResult.Timings(1_000, 2_000, 3_000));
  }
}
