/// How a diffusion model's predictions lead from noise to a picture: [NoiseScheduler] names the ways, and starts one
/// [Trajectory] a request; [NoiseLevels] says how much noise there is at each timestep of the training. Plain
/// arithmetic, no model.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image.noise;
