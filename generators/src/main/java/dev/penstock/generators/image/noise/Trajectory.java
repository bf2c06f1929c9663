package dev.penstock.generators.image.noise;

/// One request's way from noise to a picture: ask for [#timestep] and [#modelInput], run the model, [#advance], until
/// [#isDone]. One thread.
public sealed interface Trajectory permits DdimTrajectory, DdpmTrajectory, DpmSolverTrajectory, EulerTrajectory, FlowTrajectory, HeunTrajectory {

  boolean isDone();

  /// What the model is told of the noise in the next run: the timestep of the training, 0..999, or for flow matching
  /// the share of noise times 1000.
  ///
  /// @throws IllegalStateException if it is done
  double timestep();

  /// Writes what the model sees in the next run.
  ///
  /// @param into of the noise's length
  void modelInput(float[] into);

  /// Takes the model's answer to [#modelInput].
  ///
  /// @param prediction of the noise's length; not kept
  void advance(float[] prediction);

  /// The picture so far, once done the picture, in -1..1 or whatever the model was trained on; not to be changed.
  float[] sample();
}
