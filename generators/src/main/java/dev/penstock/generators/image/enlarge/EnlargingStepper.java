package dev.penstock.generators.image.enlarge;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Stepper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A super-resolution model as slots: in a step every execution has one window enlarged, each in a run of its own, so that
/// nothing depends on what is beside it. A draft is float32 `[3][pixels]`, 0..1 and a little beyond.
final class EnlargingStepper implements Stepper<PreparedEnlargement, float[][]> {

  /// A large picture takes 50 MB on its way.
  static final int SLOTS = 2;

  private final EnlargingGraph graph;
  private final Map<Long, Active> active = new LinkedHashMap<>();

  private static final class Active {
    private final PreparedEnlargement request;
    private final float[][] enlarged;
    private int window;

    private Active(PreparedEnlargement request, int scale) {
      this.request = request;
      this.enlarged = new float[3][request.picture().width() * scale * request.picture().height() * scale];
    }
  }

  EnlargingStepper(EnlargingGraph graph) {
    this.graph = graph;
  }

  @Override
  public int slots() {
    return SLOTS;
  }

  @Override
  public int slotsFor(PreparedEnlargement prepared) {
    return 1;
  }

  @Override
  public int mostSteps(PreparedEnlargement prepared) {
    return prepared.windows().count();
  }

  @Override
  public void admit(long execution, PreparedEnlargement prepared) {
    if (active.size() == SLOTS) throw new IllegalStateException("all " + SLOTS + " slots are taken");
    active.put(execution, new Active(prepared, graph.scale()));
  }

  @Override
  public List<Ended<float[][]>> step() {
    List<Ended<float[][]>> ended = new ArrayList<>();
    for (Iterator<Map.Entry<Long, Active>> all = active.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Active> next = all.next();
      Active each = next.getValue();
      graph.enlarge(each.request.picture(), each.request.windows(), each.window, each.enlarged);
      each.window++;
      if (each.window < each.request.windows().count()) continue;
      ended.add(end(next.getKey(), each));
      all.remove();
    }
    return ended;
  }

  private static Ended<float[][]> end(long execution, Active done) {
    for (float[] plane : done.enlarged)
      for (float value : plane)
        if (!Float.isFinite(value))
          return new Ended.Failed<>(execution, new Broken("NUMERIC", "The model computed pixels that are not numbers.", null));
    return new Ended.Finished<>(execution, done.enlarged, done.window);
  }

  @Override
  public void release(long execution) {
    active.remove(execution);
  }
}
