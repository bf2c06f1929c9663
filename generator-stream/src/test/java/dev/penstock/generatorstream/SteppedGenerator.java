package dev.penstock.generatorstream;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Stepper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A model of one slot that takes as many steps as `maxTokens` says, each of them some time, and echoes the prompt; tells
/// how many steps each prompt cost. Prompts are known by their words.
final class SteppedGenerator implements Generator<SteppedGenerator.Work, String>, Stepper<SteppedGenerator.Work, String> {

  record Work(String words, int steps) {}

  /// Steps that were taken, by the prompt's words.
  final Map<String, Integer> costs = new ConcurrentHashMap<>();

  private record Active(Work work, int taken) {}

  private final Duration stepTime;
  private final Map<Long, Active> active = new LinkedHashMap<>();

  SteppedGenerator(Duration stepTime) {
    this.stepTime = stepTime;
  }

  @Override
  public Work prepare(GenerationRequest request) {
    return new Work(request.input().brief(), ((Long) request.parameters().get("maxTokens")).intValue());
  }

  @Override
  public Stepper<Work, String> stepper() {
    return this;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public int slotsFor(Work prepared) {
    return 1;
  }

  @Override
  public int mostSteps(Work prepared) {
    return prepared.steps();
  }

  @Override
  public void admit(long execution, Work prepared) {
    active.put(execution, new Active(prepared, 0));
  }

  @Override
  public List<Ended<String>> step() throws InterruptedException {
    Thread.sleep(stepTime);
    List<Ended<String>> ended = new ArrayList<>();
    for (var one : List.copyOf(active.entrySet())) {
      Work work = one.getValue().work();
      int taken = one.getValue().taken() + 1;
      costs.merge(work.words(), 1, Integer::sum);
      active.put(one.getKey(), new Active(work, taken));
      if (taken == work.steps()) ended.add(new Ended.Finished<>(one.getKey(), work.words(), taken));
    }
    ended.forEach(end -> active.remove(end.execution()));
    return ended;
  }

  @Override
  public void release(long execution) {
    active.remove(execution);
  }

  @Override
  public GenerationResult complete(GenerationRequest request, Work prepared, String draft) {
    return FakeEngine.result(draft);
  }

  @Override
  public void close() {}
}
