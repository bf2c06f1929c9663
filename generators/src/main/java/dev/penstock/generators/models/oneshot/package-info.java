/// Brings graphs of ONNX that do their work in one run and say nothing of themselves:
/// [dev.penstock.generators.models.oneshot.OneShotImporter] leads. What the graph's own words leave open is tried out, and
/// the few lines of [dev.penstock.generators.models.oneshot.OneShotSettings] say the rest.
@NullMarked
package dev.penstock.generators.models.oneshot;

import org.jspecify.annotations.NullMarked;
