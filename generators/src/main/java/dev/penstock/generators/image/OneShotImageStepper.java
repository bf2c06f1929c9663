package dev.penstock.generators.image;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Stepper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A one-shot image model as slots: every execution takes one, and one step makes the pictures of all of them in one
/// batch. A draft is float32 in the graph's own layout and range.
final class OneShotImageStepper implements Stepper<PreparedImage, float[]> {

  private final ImageGraph graph;
  private final Map<Long, PreparedImage> admitted = new LinkedHashMap<>();

  OneShotImageStepper(ImageGraph graph) {
    this.graph = graph;
  }

  @Override
  public int slots() {
    return graph.rows();
  }

  @Override
  public int slotsFor(PreparedImage prepared) {
    return 1;
  }

  @Override
  public int mostSteps(PreparedImage prepared) {
    return 1;
  }

  @Override
  public void admit(long execution, PreparedImage prepared) {
    if (admitted.size() == slots()) throw new IllegalStateException("all " + slots() + " slots are taken");
    admitted.put(execution, prepared);
  }

  @Override
  public List<Ended<float[]>> step() {
    int row = 0;
    for (PreparedImage image : admitted.values()) graph.write(row++, image);
    graph.run(row);
    List<Ended<float[]>> ended = new ArrayList<>();
    for (long execution : admitted.keySet()) ended.add(end(execution, graph.read(ended.size())));
    admitted.clear();
    return ended;
  }

  private static Ended<float[]> end(long execution, float[] image) {
    for (float value : image) {
      if (Float.isFinite(value)) continue;
      return new Ended.Failed<>(execution, new Broken("NUMERIC", "The model computed pixels that are not numbers.", null));
    }
    return new Ended.Finished<>(execution, image, 1);
  }

  @Override
  public void release(long execution) {
    admitted.remove(execution);
  }
}
