package dev.penstock.generators.models.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.RowOrder;
import dev.penstock.generators.models.transformer.TransformerConfig;
import dev.penstock.generators.models.transformer.TransformerGraph;
import dev.penstock.generators.models.transformer.TransformerWeights;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.transformer.WeightMatrix;
import dev.penstock.generators.models.writing.GraphForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import dev.penstock.generators.models.writing.LanguageModelSource;
import dev.penstock.generators.models.writing.LanguageModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Turns a checkpoint as Transformers saves it (`config.json`, `model.safetensors` or its parts, `tokenizer.json`) into
/// a model folder.
public final class CheckpointImporter implements LanguageModelSource {

  /// The weights in one file.
  public static final String WEIGHTS = "model.safetensors";
  /// Which of several files holds which weight.
  public static final String INDEX = "model.safetensors.index.json";

  private static final long MAX_INDEX = 64 << 20;

  private final TransformerConfig config;
  private final TransformerWeights weights;
  private final TokenizerFiles tokenizer;
  private final List<Integer> endIds;
  private final List<WeightForm> wanted;

  private CheckpointImporter(
      Path folder, CheckpointConfig checkpoint, List<SafetensorsFile> files, List<WeightForm> wanted) {
    this.wanted = wanted;
    this.tokenizer = TokenizerFiles.read(folder);
    this.endIds = tokenizer.endIds(JsonFile.read(folder.resolve(CheckpointConfig.FILE), CheckpointConfig.MAX_BYTES));
    this.config = checkpoint.sizes();
    Map<String, WeightMatrix> tensors = new LinkedHashMap<>();
    for (SafetensorsFile file : files) {
      file.tensors().forEach((name, tensor) -> {
        if (tensors.put(name, tensor) != null) {
          throw new ModelImportException(folder + " holds the tensor " + name + " in two files.");
        }
      });
    }
    if (checkpoint.isTied()) {
      tensors.remove(CheckpointNames.HEAD + ".weight");
    }
    this.weights = TransformerWeights.check(tensors, config, new CheckpointNames(), RowOrder.UNCHANGED);
  }

  /// Imports the checkpoint in `folder` into the folder `target`, which must not exist yet.
  ///
  /// @throws dev.penstock.generators.models.ModelException a file is missing, damaged or holds what cannot be imported,
  ///     or the target exists
  public static Imported importModel(Path folder, Path target, ImportOptions options, Progress progress) {
    CheckpointConfig checkpoint = CheckpointConfig.read(folder);
    List<SafetensorsFile> open = new ArrayList<>();
    try {
      for (Path file : files(folder)) {
        open.add(SafetensorsFile.open(file));
      }
      var source = new CheckpointImporter(folder, checkpoint, open, options.forms());
      return LanguageModelWriter.write(source, target, options, progress);
    } finally {
      open.forEach(SafetensorsFile::close);
    }
  }

  private static List<Path> files(Path folder) {
    if (Files.isRegularFile(folder.resolve(WEIGHTS))) {
      return List.of(folder.resolve(WEIGHTS));
    }
    JsonFile index = JsonFile.read(folder.resolve(INDEX), MAX_INDEX);
    var names = new TreeSet<String>();
    for (JsonNode name : index.object("weight_map").node()) {
      if (!name.asText().matches("[A-Za-z0-9_][A-Za-z0-9._-]*\\.safetensors")) {
        throw index.refused("weight_map names the file " + name + "; safetensors files beside it are allowed");
      }
      names.add(name.asText());
    }
    return names.stream().map(folder::resolve).toList();
  }

  @Override
  public Sizes sizes() {
    return new Sizes(config.layers(), config.keyValueHeads(), config.headSize(), config.trainedContext(),
        config.vocabularySize());
  }

  @Override
  public Chat chat() {
    return tokenizer.chat(endIds);
  }

  @Override
  public void writeTokenizer(Path file) throws IOException {
    tokenizer.write(file);
  }

  @Override
  public List<GraphForm> forms() {
    return TransformerGraph.distinct(weights, wanted).stream().map(this::form).toList();
  }

  @Override
  public GraphForm reference() {
    return form(WeightForm.FLOAT32);
  }

  private GraphForm form(WeightForm form) {
    return new GraphForm(form.word(), form == WeightForm.FLOAT32, (graph, contextLength, progress) ->
        TransformerGraph.write(weights, form, Activations.INT8, contextLength, graph, progress));
  }
}
