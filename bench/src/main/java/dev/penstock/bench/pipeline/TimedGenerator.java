package dev.penstock.bench.pipeline;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Stepper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A generator that takes a given time and echoes the prompt: what remains is the pipeline.
final class TimedGenerator implements Generator<String, String> {

  private final Stepper<String, String> stepper;

  /// @param time of every step; zero for an instant generator
  TimedGenerator(int slots, Duration time) {
    this.stepper = new TimedStepper(slots, time);
  }

  @Override
  public String prepare(GenerationRequest request) {
    return request.input().brief();
  }

  @Override
  public Stepper<String, String> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, String prepared, String draft) {
    return new GenerationResult(
        draft.getBytes(StandardCharsets.UTF_8),
        "text/plain; charset=utf-8",
        List.of(),
        Map.of(),
        new GenerationResult.Usage(1, 1, 0, 1),
        GenerationResult.FinishReason.STOP,
        new GenerationResult.Timings(0, 0, 0));
  }

  @Override
  public void close() {}

  private static final class TimedStepper implements Stepper<String, String> {
    private final int slots;
    private final Duration time;
    private final List<Ended<String>> active = new ArrayList<>();

    TimedStepper(int slots, Duration time) {
      this.slots = slots;
      this.time = time;
    }

    @Override
    public int slots() {
      return slots;
    }

    @Override
    public int slotsFor(String prepared) {
      return 1;
    }

    @Override
    public int mostSteps(String prepared) {
      return 1;
    }

    @Override
    public void admit(long execution, String prepared) {
      active.add(new Ended.Finished<>(execution, prepared, 1));
    }

    @Override
    public List<Ended<String>> step() throws InterruptedException {
      if (!time.isZero()) Thread.sleep(time);
      List<Ended<String>> ended = List.copyOf(active);
      active.clear();
      return ended;
    }

    @Override
    public void release(long execution) {
      active.removeIf(e -> e.execution() == execution);
    }
  }
}
