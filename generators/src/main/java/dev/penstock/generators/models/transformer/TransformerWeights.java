package dev.penstock.generators.models.transformer;

import dev.penstock.generators.models.ModelImportException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tensors of a transformer by role, each of the shape that the [TransformerConfig] implies; a missing, misshapen
/// or unknown tensor is refused by name.
public final class TransformerWeights {

  private final Map<String, ? extends WeightMatrix> tensors;
  private final TransformerConfig config;
  private final TensorNames names;
  private final RowOrder queryKeyOrder;
  private final float queryFactor;
  private final Set<String> known = new HashSet<>();

  private TransformerWeights(Map<String, ? extends WeightMatrix> tensors, TransformerConfig config, TensorNames names,
      RowOrder queryKeyOrder, float queryFactor) {
    this.tensors = tensors;
    this.config = config;
    this.names = names;
    this.queryKeyOrder = queryKeyOrder;
    this.queryFactor = queryFactor;
  }

  /// @param tensors       all tensors of the model
  /// @param queryKeyOrder which row of a query or key matrix the graph wants where
  /// @throws ModelImportException names the tensor
  public static TransformerWeights check(Map<String, ? extends WeightMatrix> tensors, TransformerConfig config,
      TensorNames names, RowOrder queryKeyOrder) {
    var weights = new TransformerWeights(tensors, config, names, queryKeyOrder, 1);
    weights.embedding();
    weights.outputNorm();
    weights.head();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Linear linear : Linear.values()) {
        weights.linear(linear, layer);
        weights.bias(linear, layer);
      }
      for (Norm norm : Norm.values()) {
        if (!norm.isOfHeads() || config.architecture().hasHeadNorms()) {
          weights.norm(norm, layer);
        }
      }
    }
    for (String name : tensors.keySet()) {
      if (!weights.known.contains(name)) {
        throw new ModelImportException(config.source() + ": the tensor " + name + " is no part of the plain "
            + config.architecture().word() + " layout; a model with it cannot be imported.");
      }
    }
    return weights;
  }

  /// The linear layers of a block.
  public enum Linear {
    QUERY, KEY, VALUE, ATTENTION_OUTPUT, GATE, UP, DOWN;

    private int rows(TransformerConfig config) {
      return switch (this) {
        case QUERY -> config.queryWidth();
        case KEY, VALUE -> config.keyValueWidth();
        case ATTENTION_OUTPUT, DOWN -> config.width();
        case GATE, UP -> config.feedForward();
      };
    }

    private int columns(TransformerConfig config) {
      return switch (this) {
        case QUERY, KEY, VALUE, GATE, UP -> config.width();
        case ATTENTION_OUTPUT -> config.queryWidth();
        case DOWN -> config.feedForward();
      };
    }

    private boolean mayHaveBias() {
      return this == QUERY || this == KEY || this == VALUE;
    }
  }

  /// The norms of a block.
  public enum Norm {
    ATTENTION, FEED_FORWARD, QUERY_HEADS, KEY_HEADS;

    boolean isOfHeads() {
      return this == QUERY_HEADS || this == KEY_HEADS;
    }
  }

  TransformerConfig config() {
    return config;
  }

  /// The same weights with every query `factor` times as large; its last part, norm or product and bias, is multiplied.
  ///
  /// @param factor a power of two, so that nothing is rounded
  TransformerWeights withQueriesTimes(float factor) {
    return new TransformerWeights(tensors, config, names, queryKeyOrder, factor);
  }

  /// Whether the file keeps any layer in blocks.
  public boolean hasBlocks() {
    return tensors.values().stream().anyMatch(BlockedMatrix.class::isInstance);
  }

  RowOrder order(Linear linear) {
    return linear == Linear.QUERY || linear == Linear.KEY ? queryKeyOrder : RowOrder.UNCHANGED;
  }

  WeightMatrix linear(Linear linear, int layer) {
    WeightMatrix weight = shaped(names.linear(linear, layer) + ".weight", linear.rows(config), linear.columns(config));
    return linear == Linear.QUERY && !config.architecture().hasHeadNorms() ? timesQueryFactor(weight) : weight;
  }

  Optional<WeightMatrix> bias(Linear linear, int layer) {
    String name = names.linear(linear, layer) + ".bias";
    if (!linear.mayHaveBias() || !tensors.containsKey(name) && !config.architecture().needsBias()) {
      return Optional.empty();
    }
    WeightMatrix bias = shaped(name, 1, linear.rows(config));
    return Optional.of(linear == Linear.QUERY && !config.architecture().hasHeadNorms() ? timesQueryFactor(bias) : bias);
  }

  WeightMatrix norm(Norm norm, int layer) {
    WeightMatrix weight =
        shaped(names.norm(norm, layer) + ".weight", 1, norm.isOfHeads() ? config.headSize() : config.width());
    return norm == Norm.QUERY_HEADS ? timesQueryFactor(weight) : weight;
  }

  private WeightMatrix timesQueryFactor(WeightMatrix weight) {
    return queryFactor == 1 ? weight : ScaledMatrix.of(weight, queryFactor);
  }

  WeightMatrix outputNorm() {
    return shaped(names.outputNorm() + ".weight", 1, config.width());
  }

  WeightMatrix embedding() {
    return shaped(names.embedding() + ".weight", config.vocabularySize(), config.width());
  }

  /// The output layer; empty where the file ties it to the embedding.
  Optional<WeightMatrix> head() {
    String name = names.head() + ".weight";
    return tensors.containsKey(name)
        ? Optional.of(shaped(name, config.vocabularySize(), config.width())) : Optional.empty();
  }

  private WeightMatrix shaped(String name, int rows, int columns) {
    WeightMatrix tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelImportException(config.source() + ": the tensor " + name + " is missing; the "
          + config.architecture().word() + " layout needs it.");
    }
    if (tensor.rows() != rows || tensor.columns() != columns) {
      throw new ModelImportException(config.source() + ": the tensor " + name + " has " + tensor.rows() + " rows of "
          + tensor.columns() + " elements; " + rows + " of " + columns + " are needed.");
    }
    known.add(name);
    return tensor;
  }
}
