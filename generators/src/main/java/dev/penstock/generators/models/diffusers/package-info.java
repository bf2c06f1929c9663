/// Brings folders of diffusers whose parts were exported as ONNX:
/// [dev.penstock.generators.models.diffusers.DiffusersImporter] leads.
@NullMarked
package dev.penstock.generators.models.diffusers;

import org.jspecify.annotations.NullMarked;
