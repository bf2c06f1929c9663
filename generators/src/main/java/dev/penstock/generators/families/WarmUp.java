package dev.penstock.generators.families;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.OneShotImageSection;
import java.util.HashMap;
import java.util.Map;

/// A first short request, so that memory is reserved and pages are read before anybody waits for it.
final class WarmUp {

  /// No other execution has this number while a model is being loaded.
  private static final long EXECUTION = Long.MIN_VALUE;

  private static final int MOST_STEPS = 16;

  private WarmUp() {}

  /// Steps a generator that nobody else uses yet.
  ///
  /// @throws Exception if a step fails
  static <P, D> void of(Generator<P, D> generator, ModelManifest manifest) throws Exception {
    P prepared;
    try {
      prepared = generator.prepare(request(manifest));
    } catch (GenerationException refused) {
      // The model takes no such request; its own first one warms it.
      return;
    }
    Stepper<P, D> stepper = generator.stepper();
    stepper.admit(EXECUTION, prepared);
    try {
      for (int step = 0; step < MOST_STEPS; step++) if (!stepper.step().isEmpty()) return;
    } finally {
      stepper.release(EXECUTION);
    }
  }

  private static GenerationRequest request(ModelManifest manifest) {
    Map<String, Object> parameters = new HashMap<>(manifest.parameters().validate(Map.of()));
    if (parameters.containsKey("maxTokens")) parameters.put("maxTokens", 2L);
    if (parameters.containsKey("steps")) parameters.put("steps", 1L);
    if (parameters.containsKey("keyframes")) parameters.put("keyframes", 1L);
    if (manifest.section() instanceof OneShotImageSection image)
      image.conditions().forEach(condition -> parameters.put(condition.parameter(), condition.labels().getFirst()));
    return new GenerationRequest(
        "warm-up", "", new Input.Text("warm"), parameters, 0, 0, 1, Priority.BULK, null);
  }
}
