package dev.penstock.generators.image.noise;

/// `x_t = (1 - t) picture + t noise`, the model predicts `noise - picture`; from t = 1 to 0 in equal steps.
final class FlowTrajectory implements Trajectory {

  private final float[] x;
  private final int steps;
  private int at;

  FlowTrajectory(Beginning beginning, int steps) {
    this.steps = steps;
    this.at = beginning.first();
    this.x = beginning.sample(1 - share(at), share(at));
  }

  @Override
  public boolean isDone() {
    return at == steps;
  }

  @Override
  public double timestep() {
    if (isDone()) throw new IllegalStateException("the trajectory is at its end");
    return share(at) * NoiseLevels.TIMESTEPS;
  }

  private double share(int step) {
    return 1 - (double) step / steps;
  }

  @Override
  public void modelInput(float[] into) {
    System.arraycopy(x, 0, into, 0, x.length);
  }

  @Override
  public void advance(float[] prediction) {
    double by = share(at + 1) - share(at);
    for (int i = 0; i < x.length; i++) x[i] = (float) (x[i] + by * prediction[i]);
    at++;
  }

  @Override
  public float[] sample() {
    return x;
  }
}
