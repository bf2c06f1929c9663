package dev.penstock.generators.models.importing;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.diffusers.DiffusersImporter;
import dev.penstock.generators.models.huggingface.CheckpointImporter;
import dev.penstock.generators.models.huggingface.TokenClassificationImporter;
import dev.penstock.generators.models.onnximport.OnnxFolderImporter;
import dev.penstock.generators.models.piper.PiperImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What people's models come as.
public enum ModelKind {
  GGUF("a GGUF file of llama.cpp"),
  GENAI("a folder of onnxruntime-genai (genai_config.json)"),
  CHECKPOINT("a Hugging Face checkpoint (config.json, model.safetensors)"),
  ONNX("an ONNX folder of Hugging Face (config.json, model.onnx)"),
  PIPER("a Piper voice (.onnx with its .onnx.json beside it)"),
  TOKEN_CLASSIFICATION("an ONNX folder of Optimum that labels tokens (config.json with id2label, model.onnx)"),
  DIFFUSERS("a folder of diffusers exported as ONNX (model_index.json)"),
  ONE_SHOT("a graph of ONNX that does its work in one run (a file .onnx)"),
  PENSTOCK("a model folder of Penstock (model.yaml)");

  private static final byte[] GGUF_MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

  private final String words;

  ModelKind(String words) {
    this.words = words;
  }

  /// The kind in a few words.
  public String words() {
    return words;
  }

  /// Whether it becomes a language model, which is written in a form and for a context that can be chosen.
  public boolean isLanguageModel() {
    return switch (this) {
      case GGUF, GENAI, CHECKPOINT, ONNX -> true;
      case PIPER, TOKEN_CLASSIFICATION, DIFFUSERS, ONE_SHOT, PENSTOCK -> false;
    };
  }

  /// @throws ModelImportException there is nothing, or nothing that is known
  public static ModelKind of(Path path) {
    if (!Files.exists(path)) {
      throw new ModelImportException(path + " does not exist.");
    }
    return Files.isDirectory(path) ? ofFolder(path) : ofFile(path);
  }

  private static ModelKind ofFile(Path file) {
    if (startsWithGguf(file)) {
      return GGUF;
    }
    if (PiperImporter.isVoice(file)) {
      return PIPER;
    }
    String name = file.getFileName().toString();
    if (name.endsWith(".onnx") && !Files.exists(file.resolveSibling("tokenizer.json"))) {
      return ONE_SHOT;
    }
    if (name.endsWith(".safetensors") || name.endsWith(".onnx")) {
      throw new ModelImportException(file + " is one file of a model; name the folder that holds it, with config.json "
          + "and tokenizer.json.");
    }
    throw unknown(file);
  }

  private static boolean startsWithGguf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(GGUF_MAGIC.length), GGUF_MAGIC);
    } catch (IOException unreadable) {
      throw new ModelImportException(file + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private static ModelKind ofFolder(Path folder) {
    if (has(folder, ModelManifest.FILE_NAME)) {
      return PENSTOCK;
    }
    if (!PiperImporter.voicesIn(folder).isEmpty()) {
      return PIPER;
    }
    if (has(folder, DiffusersImporter.INDEX)) {
      return DIFFUSERS;
    }
    if (OnnxFolderImporter.isGenai(folder)) {
      return GENAI;
    }
    if (TokenClassificationImporter.isTokenClassification(folder)) {
      return TOKEN_CLASSIFICATION;
    }
    if (has(folder, CheckpointImporter.WEIGHTS) || has(folder, CheckpointImporter.INDEX)) {
      return CHECKPOINT;
    }
    if (has(folder, "model.onnx") || has(folder, "onnx/model.onnx")) {
      return ONNX;
    }
    if (has(folder, "pytorch_model.bin") || has(folder, "pytorch_model.bin.index.json")) {
      throw new ModelImportException(folder + " keeps its weights in pytorch_model.bin, a format that can run programs; "
          + "save the model again with safe_serialization=True.");
    }
    throw unknown(folder);
  }

  private static boolean has(Path folder, String file) {
    return Files.isRegularFile(folder.resolve(file));
  }

  private static ModelImportException unknown(Path path) {
    return new ModelImportException(path + " is nothing that can be imported; " + Arrays.stream(values())
        .map(ModelKind::words).collect(Collectors.joining(", ")) + " can.");
  }
}
