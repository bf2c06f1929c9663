package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.models.onnxfile.OnnxGraph;
import dev.penstock.generators.models.onnxfile.OnnxNode;
import dev.penstock.generators.models.onnxfile.OnnxValueInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An encoder that draws a latent itself, as older exports do: `mean + deviation * noise` (Kingma and Welling, "Auto-encoding
/// variational Bayes", 2014). The mean is the likeliest of its latents and always the same.
///
/// @param output what the graph calls the latent
record DrawnLatent(OnnxGraph graph, OnnxValueInfo output) {

  private static final Set<String> NORMAL = Set.of("RandomNormal", "RandomNormalLike");
  private static final Set<String> DRAWS =
      Set.of("RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli");

  /// The value that holds the mean, or the output itself where nothing is drawn in that way.
  OnnxValueInfo mean() {
    Map<String, OnnxNode> producers = graph.producers();
    OnnxNode sum = behind(producers, output.name(), Set.of("Identity"));
    if (sum == null || !sum.operator().equals("Add")) {
      return output;
    }
    for (int side = 0; side < 2; side++) {
      if (isNoise(producers, sum.inputs().get(side))) {
        return new OnnxValueInfo(sum.inputs().get(1 - side), output.elementType(), output.dimensions());
      }
    }
    return output;
  }

  /// The operator of a node that draws what a value depends on.
  Optional<String> drawnBy(OnnxValueInfo value) {
    return graph.with(graph.nodes(), graph.inputs(), List.of(value)).nodes().stream().map(OnnxNode::operator).filter(DRAWS::contains)
        .findFirst();
  }

  private static boolean isNoise(Map<String, OnnxNode> producers, String value) {
    OnnxNode product = producers.get(value);
    return product != null && product.operator().equals("Mul") && product.inputs().stream()
        .map(factor -> behind(producers, factor, Set.of("Identity", "Cast")))
        .anyMatch(node -> node != null && NORMAL.contains(node.operator()));
  }

  private static @Nullable OnnxNode behind(Map<String, OnnxNode> producers, String value, Set<String> passed) {
    OnnxNode node = producers.get(value);
    while (node != null && passed.contains(node.operator())) {
      node = producers.get(node.inputs().getFirst());
    }
    return node;
  }
}
