package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.noise.NoiseScheduler;
import dev.penstock.generators.image.noise.Trajectory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A denoiser as slots: every execution takes one, and a step is one run of the model for all of them, each at its own
/// timestep; a new one starts in the next step, however many steps the others still have. With guidance an execution
/// fills two rows of the run, and `unwanted + guidance (wanted - unwanted)` is its prediction (Ho and Salimans,
/// "Classifier-free diffusion guidance", 2022). With a [LatentDecoder] there is one step more, which makes the picture. A
/// draft is float32 in the model's own layout and range.
final class DiffusionStepper implements Stepper<PreparedDiffusion, float[]> {

  private final DiffusionGraph graph;
  private final @Nullable LatentDecoder decoder;
  private final NoiseScheduler noise;
  /// The model's timestep is that of the training times this.
  private final double timestepScale;
  private final Map<Long, Active> active = new LinkedHashMap<>();
  private final float[] sample;
  private final float[] wanted;
  private final float[] unwanted;

  private record Active(PreparedDiffusion request, Trajectory trajectory) {}

  /// @param decoder null where samples are pictures
  DiffusionStepper(DiffusionGraph graph, NoiseScheduler noise, double lastTimestep, @Nullable LatentDecoder decoder) {
    this.graph = graph;
    this.decoder = decoder;
    this.noise = noise;
    this.timestepScale = lastTimestep / 1000;
    this.sample = new float[graph.pixels()];
    this.wanted = new float[graph.pixels()];
    this.unwanted = new float[graph.pixels()];
  }

  @Override
  public int slots() {
    return graph.rows() / 2;
  }

  @Override
  public int slotsFor(PreparedDiffusion prepared) {
    return 1;
  }

  @Override
  public int mostSteps(PreparedDiffusion prepared) {
    return prepared.runs() + (decoder == null ? 0 : 1);
  }

  @Override
  public void admit(long execution, PreparedDiffusion prepared) {
    if (active.size() == slots()) throw new IllegalStateException("all " + slots() + " slots are taken");
    active.put(execution, new Active(prepared, trajectory(prepared)));
  }

  private Trajectory trajectory(PreparedDiffusion prepared) {
    float[] picture = prepared.picture();
    float[] drawn = prepared.noise().clone();
    return picture == null
        ? noise.start(prepared.scheduler(), drawn, prepared.steps(), prepared.seed())
        : noise.startAt(picture, prepared.strength(), prepared.scheduler(), drawn, prepared.steps(), prepared.seed());
  }

  @Override
  public List<Ended<float[]>> step() {
    List<Ended<float[]>> ended = new ArrayList<>();
    decode(ended);
    denoise(ended);
    return ended;
  }

  /// Ends those whose last step of denoising was in an earlier step.
  private void decode(List<Ended<float[]>> ended) {
    if (decoder == null) return;
    for (Iterator<Map.Entry<Long, Active>> all = active.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Active> next = all.next();
      Active each = next.getValue();
      if (!each.trajectory.isDone()) continue;
      ended.add(end(next.getKey(), decoder.decode(each.trajectory.sample()), mostSteps(each.request)));
      all.remove();
    }
  }

  private void denoise(List<Ended<float[]>> ended) {
    if (active.isEmpty()) return;
    int rows = 0;
    for (Active each : active.values()) rows = write(rows, each);
    if (graph.hasSharedTimestep()) runApart();
    else graph.run(rows);
    int row = 0;
    for (Iterator<Map.Entry<Long, Active>> all = active.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Active> next = all.next();
      Active each = next.getValue();
      each.trajectory.advance(prediction(row, each.request));
      row += each.request.rows();
      if (!each.trajectory.isDone() || decoder != null) continue;
      ended.add(end(next.getKey(), each.trajectory.sample(), each.request.runs()));
      all.remove();
    }
  }

  /// Where an active execution stands; not to be changed.
  float[] sample(long execution) {
    Active found = active.get(execution);
    if (found == null) throw new IllegalArgumentException("execution " + execution + " is not active");
    return found.trajectory.sample();
  }

  private void runApart() {
    int row = 0;
    for (Active each : active.values()) {
      graph.run(row, each.request.rows());
      row += each.request.rows();
    }
  }

  private int write(int row, Active each) {
    each.trajectory.modelInput(sample);
    double timestep = each.trajectory.timestep() * timestepScale;
    graph.write(row, sample, timestep, each.request.words());
    Words negative = each.request.unwanted();
    if (negative != null) graph.write(row + 1, sample, timestep, negative);
    return row + each.request.rows();
  }

  private float[] prediction(int row, PreparedDiffusion request) {
    graph.read(row, wanted);
    if (request.unwanted() == null) return wanted;
    graph.read(row + 1, unwanted);
    for (int i = 0; i < wanted.length; i++)
      wanted[i] = (float) (unwanted[i] + request.guidance() * (wanted[i] - unwanted[i]));
    return wanted;
  }

  private static Ended<float[]> end(long execution, float[] picture, int steps) {
    for (float value : picture) {
      if (Float.isFinite(value)) continue;
      return new Ended.Failed<>(execution, new Broken("NUMERIC", "The model computed pixels that are not numbers.", null));
    }
    return new Ended.Finished<>(execution, picture, steps);
  }

  @Override
  public void release(long execution) {
    active.remove(execution);
  }
}
