package dev.penstock.generators.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes small model folders for tests.
public final class ModelFolders {

  static final Map<String, String> CONTENTS =
      Map.of("model.onnx", "graph bytes", "tokenizer.json", "{}", "chat_template.jinja", "{{ x }}");

  private ModelFolders() {}

  public static ModelManifest languageModel(String name, String version) {
    var files = new LinkedHashMap<String, String>();
    for (String file : List.of("model.onnx", "tokenizer.json", "chat_template.jinja")) {
      files.put(file, Sha256.of(CONTENTS.get(file)));
    }
    var parameters = new LinkedHashMap<String, ParameterSpec>();
    parameters.put("temperature", new ParameterSpec.NumberParameter(0, 2, 0.4, "0 is greedy"));
    parameters.put("topK", new ParameterSpec.IntegerParameter(0, 1000, 0L, "0 = off"));
    parameters.put("style", new ParameterSpec.StringParameter(List.of("plain", "vivid"), null, ""));
    parameters.put("echo", new ParameterSpec.BooleanParameter(false, "Repeat: the prompt"));
    var section = new LanguageModelSection("model.onnx", "float32", 4, 2, 32, 256, 2048, "tokenizer.json",
        "chat_template.jinja", null, List.of("<|im_end|>", "\n", "null", "1.0"));
    return new ModelManifest(name, version, Modality.TEXT, "Apache-2.0", "models/recipes/" + name,
        "A model: for tests, nothing else.", files, new ModelParameters(parameters), section,
        Map.of("klDivergence", 0.0065, "tokens", 300L, "with", Map.of("runtime", "onnxruntime 1.29.0")));
  }

  /// Writes the manifest and the three files it lists.
  public static Path write(Path folder, ModelManifest manifest) throws IOException {
    Files.createDirectories(folder);
    for (var file : CONTENTS.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(folder.resolve(ModelManifest.FILE_NAME), manifest.toYaml());
    return folder;
  }
}
