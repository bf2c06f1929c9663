package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.transformer.WeightForm;
import java.util.List;

/// What an import decides that the imported files do not say.
///
/// @param name          the model's name in its manifest
/// @param version       semantic version
/// @param licence       SPDX identifier of the weights' licence
/// @param source        where the files came from
/// @param description   one sentence
/// @param forms         forms of the weights in the order in which they are tried; the first one near enough to the
///                      file's own weights is kept, the last one in any case
/// @param contextLength positions to prepare for; no more than the model was trained for are used
public record ImportOptions(String name, String version, String licence, String source, String description,
    List<WeightForm> forms, int contextLength) {

  public static final int DEFAULT_CONTEXT = 2048;

  public ImportOptions {
    forms = List.copyOf(forms);
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("forms is empty; at least one form of the weights is needed.");
    }
    if (contextLength < 1) {
      throw new IllegalArgumentException("contextLength is " + contextLength + "; at least 1 is needed.");
    }
  }
}
