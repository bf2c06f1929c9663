package dev.penstock.generators.models.transformer;

import dev.penstock.generators.models.transformer.TransformerWeights.Linear;
import dev.penstock.generators.models.transformer.TransformerWeights.Norm;

/// How a kind of file names the tensors of a transformer; names without their ending `.weight` or `.bias`.
public interface TensorNames {

  String embedding();

  String outputNorm();

  String head();

  String linear(Linear linear, int layer);

  String norm(Norm norm, int layer);
}
