package dev.penstock.generators.models;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One parameter that a prompt may set on a model: its type, range and default.
///
/// [#parse] turns the prompt's text into a `Double`, `Long`, `String` or `Boolean`; the default has the same type.
public sealed interface ParameterSpec {

  /// The word after `type:` in `model.yaml`.
  String type();

  String description();

  /// Used when a prompt does not set the parameter; null: the parameter is then absent.
  @Nullable Object defaultValue();

  /// What is allowed, as the end of a sentence: `a number from 0 to 2`.
  String allowed();

  /// The typed value, or null if the text is not allowed.
  @Nullable Object parse(String text);

  /// A finite decimal number in `[minimum, maximum]`.
  record NumberParameter(double minimum, double maximum, @Nullable Double defaultValue, String description)
      implements ParameterSpec {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?([eE][+-]?\\d{1,3})?");

    public NumberParameter {
      checkRange(minimum <= maximum, minimum, maximum);
      checkDefault(defaultValue == null || (defaultValue >= minimum && defaultValue <= maximum),
          defaultValue, numberFrom(minimum, maximum));
    }

    @Override
    public String type() {
      return "number";
    }

    @Override
    public String allowed() {
      return numberFrom(minimum, maximum);
    }

    @Override
    public @Nullable Double parse(String text) {
      if (!DECIMAL.matcher(text).matches()) {
        return null;
      }
      double value = Double.parseDouble(text);
      return value >= minimum && value <= maximum ? value : null;
    }

    private static String numberFrom(double minimum, double maximum) {
      return "a number from " + plain(minimum) + " to " + plain(maximum);
    }

    private static String plain(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /// A whole number in `[minimum, maximum]`.
  record IntegerParameter(long minimum, long maximum, @Nullable Long defaultValue, String description)
      implements ParameterSpec {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");

    public IntegerParameter {
      checkRange(minimum <= maximum, minimum, maximum);
      checkDefault(defaultValue == null || (defaultValue >= minimum && defaultValue <= maximum),
          defaultValue, "a whole number from " + minimum + " to " + maximum);
    }

    @Override
    public String type() {
      return "integer";
    }

    @Override
    public String allowed() {
      return "a whole number from " + minimum + " to " + maximum;
    }

    @Override
    public @Nullable Long parse(String text) {
      if (!WHOLE.matcher(text).matches()) {
        return null;
      }
      long value = Long.parseLong(text);
      return value >= minimum && value <= maximum ? value : null;
    }
  }

  /// One of `choices`, or, if there are none, any text of at most `maxLength` characters.
  record StringParameter(List<String> choices, int maxLength, @Nullable String defaultValue, String description)
      implements ParameterSpec {
    static final int DEFAULT_MAX_LENGTH = 2_000;
    static final int LONGEST = 65_536;

    public StringParameter {
      choices = List.copyOf(choices);
      Ranges.check("maxLength", maxLength, 1, LONGEST);
      checkDefault(defaultValue == null || accepts(choices, maxLength, defaultValue), defaultValue,
          allowed(choices, maxLength));
    }

    /// Of at most 2,000 characters where there are no choices.
    public StringParameter(List<String> choices, @Nullable String defaultValue, String description) {
      this(choices, DEFAULT_MAX_LENGTH, defaultValue, description);
    }

    @Override
    public String type() {
      return "string";
    }

    @Override
    public String allowed() {
      return allowed(choices, maxLength);
    }

    @Override
    public @Nullable String parse(String text) {
      return accepts(choices, maxLength, text) ? text : null;
    }

    private static boolean accepts(List<String> choices, int maxLength, String text) {
      return choices.isEmpty() ? text.length() <= maxLength : choices.contains(text);
    }

    private static String allowed(List<String> choices, int maxLength) {
      return choices.isEmpty()
          ? "text of at most " + maxLength + " characters" : "one of " + String.join(", ", choices);
    }
  }

  /// `true` or `false`.
  record BooleanParameter(@Nullable Boolean defaultValue, String description) implements ParameterSpec {
    @Override
    public String type() {
      return "boolean";
    }

    @Override
    public String allowed() {
      return "true or false";
    }

    @Override
    public @Nullable Boolean parse(String text) {
      return switch (text) {
        case "true" -> Boolean.TRUE;
        case "false" -> Boolean.FALSE;
        default -> null;
      };
    }
  }

  private static void checkRange(boolean ordered, Object minimum, Object maximum) {
    if (!ordered) {
      throw new InvalidModelException(
          "minimum " + minimum + " is above maximum " + maximum + "; the lower end comes first.");
    }
  }

  private static void checkDefault(boolean allowed, @Nullable Object value, String range) {
    if (!allowed) {
      throw new InvalidModelException("default is " + value + "; " + range + " is allowed.");
    }
  }
}
