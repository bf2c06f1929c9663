/// Image generators. [OneShotImageGenerator] leads: [ClassMatcher] finds what the prompt asks for, [LatentDraw] draws
/// the latent vector, [OneShotImageStepper] runs a batch, [Picture] and [PngEncoder] turn its output into a file.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image;
