package dev.penstock.generators.image;

import org.jspecify.annotations.Nullable;

/// A picture that can be made in one run.
///
/// @param label which class, -1 for a model without classes
/// @param latent float32 `[latentSize]`, not to be changed
/// @param classMatch how near the prompt is to the class, or null if the class was given
public record PreparedImage(int label, float[] latent, @Nullable Double classMatch) {}
