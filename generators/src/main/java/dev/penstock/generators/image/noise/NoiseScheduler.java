package dev.penstock.generators.image.noise;

import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Betas;
import dev.penstock.generators.models.DiffusionSection.Prediction;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import org.jspecify.annotations.Nullable;

/// Starts a model's trajectories. Immutable; any thread.
public final class NoiseScheduler {

  private final Prediction prediction;
  private final @Nullable NoiseLevels levels;

  public NoiseScheduler(DiffusionSection section) {
    this(section.prediction(), section.betas());
  }

  NoiseScheduler(Prediction prediction, @Nullable Betas betas) {
    this.prediction = prediction;
    this.levels = betas == null ? null : new NoiseLevels(betas);
  }

  /// @param noise from N(0, 1); taken over
  /// @param steps 1..1000
  /// @param seed of the noise that DDPM draws on the way; the others draw none
  /// @throws IllegalArgumentException if the scheduler is not for models that predict what this one does
  public Trajectory start(Scheduler scheduler, float[] noise, int steps, long seed) {
    return start(scheduler, Beginning.ofNoise(noise), steps, seed);
  }

  /// As above, from a picture on.
  ///
  /// @param picture of the noise's length, in the range of the model's samples; not changed
  /// @param strength 0..1: which share of the steps is gone, at least one; the rest is left of the picture
  public Trajectory startAt(float[] picture, double strength, Scheduler scheduler, float[] noise, int steps, long seed) {
    return start(scheduler, Beginning.ofPicture(picture, noise, steps, strength), steps, seed);
  }

  /// How many of the steps are gone from a picture on.
  public static int stepsFrom(int steps, double strength) {
    return Beginning.steps(steps, strength);
  }

  private Trajectory start(Scheduler scheduler, Beginning beginning, int steps, long seed) {
    if (steps < 1 || steps > NoiseLevels.TIMESTEPS)
      throw new IllegalArgumentException(steps + " steps; 1 to " + NoiseLevels.TIMESTEPS + " are allowed");
    if (levels == null) {
      if (scheduler == Scheduler.FLOW_MATCHING) return new FlowTrajectory(beginning, steps);
      throw new IllegalArgumentException(scheduler.word() + " needs the noise levels of the training");
    }
    return switch (scheduler) {
      case DDPM -> new DdpmTrajectory(beginning, steps, prediction, levels, (step, size) -> DdpmTrajectory.noise(seed, step, size));
      case DDIM -> new DdimTrajectory(beginning, steps, prediction, levels);
      case EULER -> new EulerTrajectory(beginning, steps, prediction, levels);
      case HEUN -> new HeunTrajectory(beginning, steps, prediction, levels);
      case DPM_SOLVER -> new DpmSolverTrajectory(beginning, steps, prediction, levels);
      case FLOW_MATCHING -> throw new IllegalArgumentException("flow-matching is for models that predict flow");
    };
  }
}
