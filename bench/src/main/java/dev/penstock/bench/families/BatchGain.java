package dev.penstock.bench.families;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Pictures of a model as an engine steps them, one at a time and as many as it has slots for, without what comes before and after
/// the steps. One thread.
final class BatchGain<P, D> {

  private static final long STEPS = 4;

  private final Generator<P, D> generator;
  private final List<GenerationRequest> requests = new ArrayList<>();
  private final List<P> prepared = new ArrayList<>();

  /// @param most pictures together
  BatchGain(Generator<P, D> generator, ModelFolder folder, int most) throws GenerationException {
    this.generator = generator;
    Map<String, Object> parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
    if (parameters.containsKey("steps")) parameters.put("steps", STEPS);
    for (int i = 0; room(parameters, i) && i < most; i++) prepared.add(generator.prepare(requests.get(i)));
  }

  /// Whether the slots hold one more; guidance takes two a picture.
  private boolean room(Map<String, Object> parameters, int seed) throws GenerationException {
    Input words = new Input.Text("a red sneaker on a white background");
    requests.add(new GenerationRequest("bench-" + seed, "bench", words, parameters, seed, 0, 1, Priority.NORMAL, null));
    Stepper<P, D> stepper = generator.stepper();
    return (seed + 1) * stepper.slotsFor(generator.prepare(requests.getLast())) <= stepper.slots();
  }

  /// Pictures that are made together.
  int together() {
    return prepared.size();
  }

  /// @throws IllegalStateException a picture is another one beside others than alone
  void check() throws Exception {
    List<byte[]> together = bodies(prepared);
    for (int i = 0; i < prepared.size(); i++)
      if (!Arrays.equals(together.get(i), bodies(prepared.subList(i, i + 1)).getFirst()))
        throw new IllegalStateException("picture " + i + " is another one beside others than alone");
  }

  private List<byte[]> bodies(List<P> some) throws Exception {
    byte[][] bodies = new byte[some.size()][];
    int first = prepared.indexOf(some.getFirst());
    for (Ended.Finished<D> end : run(some)) {
      int i = (int) end.execution();
      bodies[i] = generator.complete(requests.get(first + i), some.get(i), end.draft()).body();
    }
    return List.of(bodies);
  }

  private List<Ended.Finished<D>> run(List<P> some) throws Exception {
    Stepper<P, D> stepper = generator.stepper();
    for (int i = 0; i < some.size(); i++) stepper.admit(i, some.get(i));
    List<Ended.Finished<D>> finished = new ArrayList<>();
    while (finished.size() < some.size())
      for (Ended<D> end : stepper.step())
        switch (end) {
          case Ended.Finished<D> done -> finished.add(done);
          case Ended.Failed<D>(long _, GenerationException cause) -> throw cause;
        }
    return finished;
  }

  Spent alone(double seconds) throws Exception {
    return Spent.repeating(seconds, () -> run(prepared.subList(0, 1)).size());
  }

  Spent allTogether(double seconds) throws Exception {
    return Spent.repeating(seconds, () -> run(prepared).size());
  }
}
