/// Super-resolution: [dev.penstock.generators.image.enlarge.SuperResolutionGenerator] leads; pictures are enlarged in
/// overlapping [dev.penstock.generators.image.enlarge.Windows], one a step.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image.enlarge;
