/// Pictures from a prior over codes. [VqImageGenerator] leads: it has the prompt's words encoded and all draws of the
/// seed made ([PreparedCodes]); [VqImageStepper] draws one code of every request a step ([PriorGraph], [CodeDraw]), each
/// at its own place, and has the finished ones decoded ([CodeDecoder]).
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image.vq;
