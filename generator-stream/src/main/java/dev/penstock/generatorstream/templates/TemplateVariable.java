package dev.penstock.generatorstream.templates;

import dev.penstock.generators.models.ParameterSpec;
import org.jspecify.annotations.Nullable;

/// A place in a template that a prompt fills.
///
/// @param spec type, range, default
/// @param isRequired whether a prompt has to set it; one with a default never is
public record TemplateVariable(String name, ParameterSpec spec, boolean isRequired) {

  /// The value in the template; nothing given and no default is the empty text.
  ///
  /// @throws TemplateRefusal MISSING_VARIABLE or INVALID_VARIABLE, naming it
  Object valueOf(@Nullable String text, String template) throws TemplateRefusal {
    if (text == null) {
      if (isRequired)
        throw new TemplateRefusal(
            "MISSING_VARIABLE", "the variable %s of template %s is not set; it takes %s".formatted(name, template, spec.allowed()));
      return spec.defaultValue() == null ? "" : spec.defaultValue();
    }
    Object value = hasControlCharacter(text) ? null : spec.parse(text);
    if (value == null)
      throw new TemplateRefusal(
          "INVALID_VARIABLE",
          "the variable %s of template %s has %d characters that it does not take; it takes %s"
              .formatted(name, template, text.length(), spec.allowed()));
    // 39.0 is written 39, as the product data has it.
    if (value instanceof Double number && number == Math.rint(number)) return number.longValue();
    return value;
  }

  /// A text may have lines, and nothing else that is not printed.
  private static boolean hasControlCharacter(String text) {
    return text.chars().anyMatch(c -> (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f);
  }
}
