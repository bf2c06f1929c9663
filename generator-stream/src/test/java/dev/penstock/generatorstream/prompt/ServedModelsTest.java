package dev.penstock.generatorstream.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.models.FamilySection;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.TokenClassificationSection;
import dev.penstock.schemas.Modality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Specified: which model a prompt without a name gets.
class ServedModelsTest {

  private static final LanguageModelSection WRITES =
      new LanguageModelSection("g", "float32", 1, 1, 2, 16, 16, "t", null, null, List.of());
  private static final TokenClassificationSection READS =
      new TokenClassificationSection("g", "t", "ids", "mask", null, "logits", 64, 0, List.of("O", "B-X"), false);

  private static ServedModel model(String name, FamilySection section) {
    String digest = "0".repeat(64);
    ModelManifest manifest =
        new ModelManifest(
            name, "1.0.0", dev.penstock.generators.models.Modality.TEXT, "Apache-2.0", "test", "For tests.",
            Map.of("g", digest, "t", digest), new ModelParameters(Map.of()), section, Map.of());
    return new ServedModel(manifest, name, 1);
  }

  @Test
  void theFirstThatWritesIsTheDefaultOfText() {
    ServedModels models = new ServedModels(List.of(model("reads", READS), model("first", WRITES), model("second", WRITES)));
    assertThat(models.defaultOf(Modality.TEXT)).map(ServedModel::reference).contains("first@1.0.0");
    assertThat(models.named("reads")).isPresent();
    assertThat(models.defaultOf(Modality.IMAGE)).isEmpty();
  }

  @Test
  void oneThatReadsIsTheDefaultWhereNoOtherMakesText() {
    assertThat(new ServedModels(List.of(model("reads", READS))).defaultOf(Modality.TEXT)).isPresent();
  }
}
