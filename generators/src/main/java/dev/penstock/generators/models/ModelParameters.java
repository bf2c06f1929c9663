package dev.penstock.generators.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// All parameters that a prompt may set on one model, in the manifest's order.
///
/// @param specs parameter name to what it allows
public record ModelParameters(Map<String, ParameterSpec> specs) {

  private static final int SHOWN = 80;

  public ModelParameters {
    specs = Collections.unmodifiableMap(new LinkedHashMap<>(specs));
  }

  /// These, and of `common` those whose names are free, in the order of their names.
  ModelParameters and(Map<String, ParameterSpec> common) {
    var all = new LinkedHashMap<>(specs);
    new TreeMap<>(common).forEach(all::putIfAbsent);
    return new ModelParameters(all);
  }

  /// Turns a prompt's string parameters into typed values (`Double`, `Long`, `String`, `Boolean`), defaults filled
  /// in, in the manifest's order. A parameter that is neither given nor has a default is absent from the result.
  ///
  /// @throws InvalidParameterException names the first wrong parameter, its value and what is allowed
  public Map<String, Object> validate(Map<String, String> given) {
    for (var entry : given.entrySet()) {
      if (!specs.containsKey(entry.getKey())) {
        throw unknown(entry.getKey(), entry.getValue());
      }
    }
    var values = new LinkedHashMap<String, Object>();
    for (var entry : specs.entrySet()) {
      String name = entry.getKey();
      ParameterSpec spec = entry.getValue();
      String text = given.get(name);
      Object value = text == null ? spec.defaultValue() : parse(name, spec, text);
      if (value != null) {
        values.put(name, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  private static Object parse(String name, ParameterSpec spec, String text) {
    Object value = spec.parse(text);
    if (value == null) {
      String shown = shown(text);
      throw new InvalidParameterException(name, shown, spec.allowed(),
          "Parameter " + name + " is '" + shown + "'; " + spec.allowed() + " is allowed.");
    }
    return value;
  }

  private InvalidParameterException unknown(String name, String value) {
    String shownName = shown(name);
    String allowed = specs.isEmpty() ? "no parameters" : String.join(", ", specs.keySet());
    String hint = Spelling.nearest(name, specs.keySet()).map(near -> " Did you mean " + near + "?").orElse("");
    return new InvalidParameterException(shownName, shown(value), allowed,
        "Parameter " + shownName + " (value '" + shown(value) + "') is not known; this model takes "
            + allowed + "." + hint);
  }

  private static String shown(String text) {
    String oneLine = text.replaceAll("\\p{Cntrl}", " ");
    return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "…";
  }
}
