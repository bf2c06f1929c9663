/// From logits to a token: [Sampler] draws as [SamplingSettings] say, with a random stream and seen tokens of its own;
/// [TokenWeights] holds the loops over the vocabulary, which all rows of a lane share.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.sampling;
