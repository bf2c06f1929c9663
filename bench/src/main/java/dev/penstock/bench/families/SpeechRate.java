package dev.penstock.bench.families;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import java.util.HashMap;
import java.util.Map;

/// A voice that speaks one text after another, from words to the bytes of a WAV file; its items are seconds of sound.
final class SpeechRate<P, D> {

  private static final String[] TEXTS = {
    "Meet the trail shoe that laughs at rain.",
    "Our new kettle boils a litre of water in ninety seconds. It costs only $39.99, and it switches itself off.",
    "Pack light, walk far, sleep anywhere. The backpack charges your phone on the way, so you are never out of reach."
  };

  private final Generator<P, D> generator;
  private final Map<String, Object> parameters;
  private int next;

  SpeechRate(Generator<P, D> generator, ModelFolder folder) {
    this.generator = generator;
    this.parameters = new HashMap<>(folder.manifest().parameters().validate(Map.of()));
  }

  /// Speaks all texts for so many seconds at least.
  Spent speaking(double seconds) throws Exception {
    return Spent.repeating(seconds, () -> {
      double spoken = 0;
      for (String text : TEXTS) spoken += speak(text);
      return spoken;
    });
  }

  private double speak(String text) throws Exception {
    GenerationRequest request =
        new GenerationRequest("bench-" + next, "bench", new Input.Text(text), parameters, next++, 0, 1, Priority.NORMAL, null);
    P prepared = generator.prepare(request);
    Stepper<P, D> stepper = generator.stepper();
    stepper.admit(request.seed(), prepared);
    while (true)
      for (Ended<D> end : stepper.step())
        switch (end) {
          case Ended.Finished<D>(long _, D draft, int _) -> {
            GenerationResult result = generator.complete(request, prepared, draft);
            return result.scores().getOrDefault("seconds", 0.0);
          }
          case Ended.Failed<D>(long _, GenerationException cause) -> throw cause;
        }
  }
}
