/// The door for models that somebody brings: [dev.penstock.generators.models.importing.ModelImporter] recognises what a
/// path is and hands it to the importer of that kind.
@NullMarked
package dev.penstock.generators.models.importing;

import org.jspecify.annotations.NullMarked;
