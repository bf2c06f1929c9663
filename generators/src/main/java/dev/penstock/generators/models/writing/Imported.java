package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.ModelFolder;
import java.util.List;

/// What an import made.
///
/// @param folder      the new model folder, opened and verified
/// @param form        the form of the weights that was written, as the manifest says it
/// @param calibration how far it is from the file's own weights
/// @param notes       what its user should know beside that, a sentence each; usually none
public record Imported(ModelFolder folder, String form, Calibration calibration, List<String> notes) {

  public Imported {
    notes = List.copyOf(notes);
  }
}
