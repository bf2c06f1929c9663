package dev.penstock.generators.models;

import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An encoder that labels every token of a text: BERT, RoBERTa and their kin with a head for token classification.
///
/// Graph inputs, all int64 `[b, s]`: [#inputIds], [#attentionMask] (1 for a token, 0 for padding) and, if there is one,
/// [#tokenTypeIds] (zeros). Output: [#logits] float32 `[b, s, labels]`.
///
/// @param graph         file name of the ONNX graph
/// @param tokenizer     file name of the tokenizer in Hugging Face's format
/// @param inputIds      name of the graph's input for the tokens
/// @param attentionMask name of its input that says which tokens there are
/// @param tokenTypeIds  name of its input for the sentence that a token is in; null if it has none
/// @param logits        name of its output
/// @param maxTokens     tokens that the graph takes at once, those around a text included; longer texts go in windows
/// @param padToken      id that fills a row up
/// @param labels        what the logits stand for, in order: `O` for nothing, `B-` and `I-` before a type for the first
///                      and further tokens of an entity; a word without them is a type whose neighbours belong together
/// @param wholeWords    whether the tokens of a word vote on its type, so that none is cut; else every token is taken at its word
public record TokenClassificationSection(
    String graph,
    String tokenizer,
    String inputIds,
    String attentionMask,
    @Nullable String tokenTypeIds,
    String logits,
    int maxTokens,
    int padToken,
    List<String> labels,
    boolean wholeWords) implements FamilySection {

  /// A window needs room for a few tokens of the text.
  public static final int LEAST_TOKENS = 16;

  /// What the graph of a model of this family may take at once.
  public static final int MAX_TOKENS = 8192;

  private static final int MAX_LABELS = 4096;

  public TokenClassificationSection {
    labels = List.copyOf(labels);
    Ranges.check("maxTokens", maxTokens, LEAST_TOKENS, MAX_TOKENS);
    if (labels.size() < 2 || labels.size() > MAX_LABELS) {
      throw new InvalidModelException("labels has " + labels.size() + " entries; 2 to " + MAX_LABELS + " are allowed.");
    }
    if (labels.stream().anyMatch(String::isBlank) || labels.stream().distinct().count() != labels.size()) {
      throw new InvalidModelException("labels holds an empty word or a word twice: " + labels + ".");
    }
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.TOKEN_CLASSIFICATION;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    return Map.of("threshold", new NumberParameter(0, 1, 0.0, "entities with a lower score are left out"));
  }

  @Override
  public List<String> referencedFiles() {
    return List.of(graph, tokenizer);
  }
}
