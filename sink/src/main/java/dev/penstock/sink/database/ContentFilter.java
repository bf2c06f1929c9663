package dev.penstock.sink.database;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which content is wanted; null means any.
///
/// @param modality the name of a [dev.penstock.schemas.Modality]
/// @param model a model's name
public record ContentFilter(
    @Nullable String campaign,
    @Nullable String modality,
    @Nullable String model,
    @Nullable String tenant,
    @Nullable String promptId) {

  public static final ContentFilter ALL = new ContentFilter(null, null, null, null, null);

  /// Those columns that have to have a value.
  Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    put(columns, "campaign", campaign);
    put(columns, "modality", modality);
    put(columns, "model_name", model);
    put(columns, "tenant", tenant);
    put(columns, "prompt_id", promptId);
    return columns;
  }

  private static void put(Map<String, String> columns, String name, @Nullable String value) {
    if (value != null) columns.put(name, StorableText.of(value));
  }
}
