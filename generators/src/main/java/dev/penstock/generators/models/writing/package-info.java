/// What every importer of a language model has in common: options, the draft folder that becomes the model, the
/// manifest, and how far the result is from the original.
///
/// [dev.penstock.generators.models.writing.LanguageModelWriter] leads; it asks a
/// [dev.penstock.generators.models.writing.LanguageModelSource] for the parts, and
/// [dev.penstock.generators.models.writing.Calibration] measures.
@NullMarked
package dev.penstock.generators.models.writing;

import org.jspecify.annotations.NullMarked;
