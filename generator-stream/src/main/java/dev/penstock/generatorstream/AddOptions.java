package dev.penstock.generatorstream;

import dev.penstock.generators.models.importing.ModelKind;
import dev.penstock.runtime.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a user says of a model that is added; null where nothing is said.
///
/// @param yaml    a file with more than names
/// @param form    of a language model's weights
/// @param context of a language model, in tokens
record AddOptions(
    @Nullable Path yaml, @Nullable String name, @Nullable String licence, @Nullable String form, @Nullable Integer context) {

  static final AddOptions NONE = new AddOptions(null, null, null, null, null);

  private static final List<String> OF_LANGUAGE_MODELS = List.of("--form", "--context");
  private static final String USUAL_FORM = "reproducible";
  private static final int USUAL_CONTEXT = 2_048;

  String formOrUsual() {
    return Objects.requireNonNullElse(form, USUAL_FORM);
  }

  int contextOrUsual() {
    return Objects.requireNonNullElse(context, USUAL_CONTEXT);
  }

  /// Refuses what would have no effect.
  ///
  /// @throws UserError one sentence
  void checkFor(Path path, ModelKind kind) {
    if (kind == ModelKind.PENSTOCK) refuse(given(), "%s is %s, which is copied as it is".formatted(path, kind.words()));
    if (!kind.isLanguageModel())
      refuse(given().stream().filter(OF_LANGUAGE_MODELS::contains).toList(), "%s is %s and no language model".formatted(path, kind.words()));
  }

  private static void refuse(List<String> options, String because) {
    if (!options.isEmpty()) throw new UserError("%s; %s cannot be given.".formatted(because, String.join(" and ", options)));
  }

  private List<String> given() {
    SequencedMap<String, @Nullable Object> options = new LinkedHashMap<>();
    options.put("--yaml", yaml);
    options.put("--name", name);
    options.put("--licence", licence);
    options.put("--form", form);
    options.put("--context", context);
    return options.entrySet().stream().filter(option -> option.getValue() != null).map(Map.Entry::getKey).toList();
  }
}
