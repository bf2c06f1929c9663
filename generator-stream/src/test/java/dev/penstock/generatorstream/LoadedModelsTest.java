package dev.penstock.generatorstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.text.MiniLmEmbedder;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Specified: which of the bundled models are loaded at the start, by `models.memory.max`.
class LoadedModelsTest {

  private final List<String> lines = new ArrayList<>();

  private ServedModels load(String megabytes) throws Exception {
    GeneratorStreamConfig config =
        GeneratorStreamConfig.from(
            Settings.load(
                GeneratorStreamConfig.keys(),
                null,
                Map.of(),
                Map.of("models", "tiny-copywriter,fashion-cvae", "device", "cpu", "models.memory.max", megabytes)));
    EngineSettings settings = EngineSettings.withoutCrashEvidence(1).withModelBytes(config.modelBytes());
    OrderlyStop texts = new OrderlyStop();
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open();
        StepEngine engine = new StepEngine(settings, EngineClock.system())) {
      return LoadedModels.into(engine, config, embedder, texts, lines::add);
    } finally {
      texts.stop();
    }
  }

  @Test
  void loadsAllWithoutABound() throws Exception {
    ServedModels models = load("0");
    assertThat(models.names()).isEqualTo("tiny-copywriter@1.0.0, fashion-cvae@1.0.0");
    assertThat(lines).hasSize(2).allMatch(line -> line.contains("ready in"));
  }

  @Test
  void loadsThePreferredOneAndServesTheOtherOnDemand() throws Exception {
    ServedModels models = load("80");
    assertThat(models.models()).hasSize(2).allMatch(model -> model.maxCandidates() == 16);
    assertThat(lines.get(0)).startsWith("model tiny-copywriter@1.0.0 ready in");
    assertThat(lines.get(1)).isEqualTo("model fashion-cvae@1.0.0 is loaded when it is asked for");
  }

  @Test
  void saysHowMuchAModelNeedsThatFitsNotEvenAlone() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> load("40"))
        .withMessageMatching(
            "Model tiny-copywriter@1.0.0 needs about \\d+ MB of memory; all models together may take 40 MB. Raise"
                + " models.memory.max, or leave the model out.");
  }
}
