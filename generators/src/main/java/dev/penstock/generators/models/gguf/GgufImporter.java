package dev.penstock.generators.models.gguf;

import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.transformer.Activations;
import dev.penstock.generators.models.transformer.Architecture;
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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns a language model in a GGUF file into a model folder: graph, tokenizer, chat template, manifest.
///
/// Tensors are streamed from the mapped file; the heap holds single rows of them.
public final class GgufImporter implements LanguageModelSource {

  private final GgufFile file;
  private final TransformerConfig config;
  private final TransformerWeights weights;
  private final GgufVocabulary vocabulary;
  private final List<WeightForm> wanted;

  private GgufImporter(GgufFile file, List<WeightForm> wanted) {
    this.file = file;
    this.wanted = wanted;
    this.config = GgufConfig.read(file);
    this.weights = weights(file, config);
    this.vocabulary = GgufVocabulary.read(file.path(), file.metadata());
  }

  /// Imports `gguf` into the folder `target`, which must not exist yet.
  ///
  /// @throws dev.penstock.generators.models.ModelException the file is damaged or holds what cannot be imported, or the
  ///     target exists
  public static Imported importModel(Path gguf, Path target, ImportOptions options, Progress progress) {
    try (var file = GgufFile.open(gguf)) {
      return LanguageModelWriter.write(new GgufImporter(file, options.forms()), target, options, progress);
    }
  }

  static TransformerWeights weights(GgufFile file, TransformerConfig config) {
    Map<String, WeightMatrix> matrices = new LinkedHashMap<>();
    file.tensors().forEach((name, tensor) -> matrices.put(name, tensor.asMatrix()));
    matrices.remove(GgufConfig.ROTARY_FACTORS);
    RowOrder order = config.architecture() == Architecture.LLAMA
        ? RowOrder.halves(config.headSize()) : RowOrder.UNCHANGED;
    return TransformerWeights.check(matrices, config, new GgufNames(), order);
  }

  @Override
  public Sizes sizes() {
    return new Sizes(config.layers(), config.keyValueHeads(), config.headSize(), config.trainedContext(),
        config.vocabularySize());
  }

  @Override
  public Chat chat() {
    return new Chat(file.metadata().optionalText("tokenizer.chat_template"), vocabulary.bos(), vocabulary.ends());
  }

  @Override
  public void writeTokenizer(Path tokenizer) throws IOException {
    TokenizerJson.write(vocabulary, tokenizer);
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
