package dev.penstock.generators.text.entities;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Small encoders for tests, and requests to them. Origin of the files: `src/test/python/import-fixtures/README.md`.
final class Encoders {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Encoders() {}

  static Path folder(String name) {
    URL url = Objects.requireNonNull(Encoders.class.getResource("/dev/penstock/generators/models/imports/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Imported imported(Path folder, Path target) {
    ImportOptions options =
        new ImportOptions("tiny", "1.0.0", "Apache-2.0", "test", "Tiny.", WeightForm.REPRODUCIBLE, 2048);
    return ModelImporter.importModel(folder, target, options, Progress.NONE);
  }

  static GenerationRequest request(ModelFolder model, String text, Map<String, String> parameters) {
    Map<String, Object> values = new HashMap<>(model.manifest().parameters().validate(parameters));
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, 1, 0, 1, Priority.NORMAL, null);
  }

  /// A request's result, alone.
  static GenerationResult result(TokenClassificationGenerator generator, GenerationRequest request) throws Exception {
    PreparedText prepared = generator.prepare(request);
    return generator.complete(request, prepared, draft(generator.stepper(), prepared));
  }

  static LabelledTokens draft(Stepper<PreparedText, LabelledTokens> stepper, PreparedText prepared) throws Exception {
    stepper.admit(1, prepared);
    while (true)
      for (Ended<LabelledTokens> end : stepper.step())
        if (end instanceof Ended.Finished<LabelledTokens>(_, LabelledTokens draft, int _)) return draft;
  }

  static List<JsonNode> entities(GenerationResult result) throws IOException {
    return JSON.readTree(result.body()).get("entities").valueStream().toList();
  }
}
