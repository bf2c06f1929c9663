/// Text-to-image diffusion. [DiffusionGenerator] leads: it has the prompt's words encoded ([Words]) and draws the noise
/// ([PreparedDiffusion]); [DiffusionStepper] moves every request one run of the model further in one batch
/// ([DiffusionGraph]), each at its own timestep, by the trajectories of `noise`.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image.diffusion;
