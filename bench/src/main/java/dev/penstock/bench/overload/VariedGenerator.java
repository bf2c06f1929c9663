package dev.penstock.bench.overload;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Stepper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A generator whose answers vary in length as those of a language model do: nobody knows how long one gets before it
/// ends, only the most that it can be. A step takes the same time however many slots are busy.
final class VariedGenerator implements Generator<Integer, Integer> {

  static final int SLOTS = 16;
  static final int MOST_STEPS = 200;
  private static final Duration STEP = Duration.ofMillis(4);

  private final Stepper<Integer, Integer> stepper = new VariedStepper();

  /// The request's seed is the number of steps that its answer takes, 1 to [#MOST_STEPS].
  @Override
  public Integer prepare(GenerationRequest request) {
    return Math.toIntExact(request.seed());
  }

  @Override
  public Stepper<Integer, Integer> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, Integer prepared, Integer draft) {
    return new GenerationResult(
        new byte[0],
        "text/plain; charset=utf-8",
        List.of(),
        Map.of(),
        new GenerationResult.Usage(1, draft, 0, draft),
        GenerationResult.FinishReason.STOP,
        new GenerationResult.Timings(0, 0, 0));
  }

  @Override
  public void close() {}

  private static final class VariedStepper implements Stepper<Integer, Integer> {

    private record Length(int done, int steps) {}

    private final Map<Long, Length> active = new HashMap<>();

    @Override
    public int slots() {
      return SLOTS;
    }

    @Override
    public int slotsFor(Integer prepared) {
      return 1;
    }

    @Override
    public int mostSteps(Integer prepared) {
      return MOST_STEPS;
    }

    @Override
    public void admit(long execution, Integer prepared) {
      active.put(execution, new Length(0, prepared));
    }

    @Override
    public List<Ended<Integer>> step() throws InterruptedException {
      Thread.sleep(STEP);
      List<Ended<Integer>> ended = new ArrayList<>();
      active.replaceAll((execution, length) -> new Length(length.done() + 1, length.steps()));
      active.forEach(
          (execution, length) -> {
            if (length.done() == length.steps()) ended.add(new Ended.Finished<>(execution, length.steps(), length.steps()));
          });
      ended.forEach(one -> active.remove(one.execution()));
      return ended;
    }

    @Override
    public void release(long execution) {
      active.remove(execution);
    }
  }
}
