package dev.penstock.bench.families;

import dev.penstock.generators.image.LatentDraw;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.onnx.OnnxValue;
import java.util.HashMap;
import java.util.Map;

/// The graph of a one-shot model alone, one row a run and many rows a run.
final class GraphGain implements AutoCloseable {

  private final OnnxSession session;
  private final Map<String, OnnxValue> one;
  private final Map<String, OnnxValue> many;
  private final int rows;

  GraphGain(ModelFolder folder, int rows) {
    OneShotImageSection section = folder.manifest().oneShotImage();
    this.session = OnnxSession.open(folder.file(section.graph()));
    this.rows = rows;
    this.one = inputs(section, 1);
    this.many = inputs(section, rows);
  }

  private static Map<String, OnnxValue> inputs(OneShotImageSection section, int rows) {
    Map<String, OnnxValue> inputs = new HashMap<>();
    int latent = section.latentSize();
    inputs.put(section.latentInput(), OnnxValue.copyOf(LatentDraw.normal(1, rows * latent), rows, latent));
    for (OneShotImageSection.Condition condition : section.conditions()) {
      int classes = condition.labels().size();
      float[] chosen = new float[rows * classes];
      for (int row = 0; row < rows; row++) chosen[row * classes + row % classes] = 1;
      inputs.put(condition.input(), OnnxValue.copyOf(chosen, rows, classes));
    }
    return inputs;
  }

  Spent alone(double seconds) throws Exception {
    return Spent.repeating(seconds, () -> run(one, 1));
  }

  Spent together(double seconds) throws Exception {
    return Spent.repeating(seconds, () -> run(many, rows));
  }

  private double run(Map<String, OnnxValue> inputs, int items) {
    session.run(inputs).values().forEach(OnnxValue::close);
    return items;
  }

  @Override
  public void close() {
    one.values().forEach(OnnxValue::close);
    many.values().forEach(OnnxValue::close);
    session.close();
  }
}
