package dev.penstock.generators.image;

import java.util.List;
import java.util.Map;

/// A picture that can be made in one run.
///
/// @param labels which label of each condition of the model, in their order
/// @param latent float32 `[latentSize]`, not to be changed
/// @param scores how near the prompt is to what was found in its words, `classMatch` for the parameter `class`
public record PreparedImage(List<Integer> labels, float[] latent, Map<String, Double> scores) {}
