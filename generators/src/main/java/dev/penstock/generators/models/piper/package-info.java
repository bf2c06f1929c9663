/// Voices of Piper: [dev.penstock.generators.models.piper.PiperImporter] leads, reads the
/// [dev.penstock.generators.models.piper.PiperConfig], has the
/// [dev.penstock.generators.models.piper.PiperGraph] written with inputs for its noise, and tries the result out.
@NullMarked
package dev.penstock.generators.models.piper;

import org.jspecify.annotations.NullMarked;
