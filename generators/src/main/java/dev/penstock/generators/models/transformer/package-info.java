/// Writes the graph of a decoder-only transformer from its weights, wherever they come from.
///
/// [dev.penstock.generators.models.transformer.TransformerGraph] leads: it takes a
/// [dev.penstock.generators.models.transformer.TransformerConfig] (sizes), checked
/// [dev.penstock.generators.models.transformer.TransformerWeights] (tensors by role, each a
/// [dev.penstock.generators.models.transformer.WeightMatrix]) and a
/// [dev.penstock.generators.models.transformer.WeightForm].
@NullMarked
package dev.penstock.generators.models.transformer;

import org.jspecify.annotations.NullMarked;
