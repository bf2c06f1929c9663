package dev.penstock.generators.models.source;

import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import java.util.List;
import java.util.Optional;

/// A model that can be pulled: its source and what the import decides.
///
/// @param name          the model's name
/// @param version       semantic version of the folder that the import makes
/// @param licence       SPDX identifier of the weights' licence
/// @param description   one sentence
/// @param contextLength positions to prepare a language model for; 1 for others
/// @param form          form of the weights; empty: the file's own blocks
/// @param source        where the file comes from: a GGUF file, or a Piper voice
public record CatalogueEntry(String name, String version, String licence, String description, int contextLength,
    Optional<WeightForm> form, ModelSource source) {

  ImportOptions importOptions() {
    return new ImportOptions(name, version, licence, source.words(), description,
        form.map(List::of).orElse(WeightForm.REPRODUCIBLE), contextLength);
  }
}
