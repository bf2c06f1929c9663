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
    if (steps < 1 || steps > NoiseLevels.TIMESTEPS)
      throw new IllegalArgumentException(steps + " steps; 1 to " + NoiseLevels.TIMESTEPS + " are allowed");
    if (levels == null) {
      if (scheduler == Scheduler.FLOW_MATCHING) return new FlowTrajectory(noise, steps);
      throw new IllegalArgumentException(scheduler.word() + " needs the noise levels of the training");
    }
    return switch (scheduler) {
      case DDPM -> new DdpmTrajectory(noise, steps, prediction, levels, (step, size) -> DdpmTrajectory.noise(seed, step, size));
      case DDIM -> new DdimTrajectory(noise, steps, prediction, levels);
      case EULER -> new EulerTrajectory(noise, steps, prediction, levels);
      case HEUN -> new HeunTrajectory(noise, steps, prediction, levels);
      case DPM_SOLVER -> new DpmSolverTrajectory(noise, steps, prediction, levels);
      case FLOW_MATCHING -> throw new IllegalArgumentException("flow-matching is for models that predict flow");
    };
  }
}
