/// Image generators. [OneShotImageGenerator] leads: [ClassMatcher] finds what the prompt asks for, [LatentDraw] draws
/// the latent vector, [OneShotImageStepper] runs a batch, [Picture] holds its
/// output, and [PictureDelivery] turns that into the file that the prompt wants.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image;
