package dev.penstock.generators.text.stop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The strings that end an answer. Immutable; any thread.
///
/// @param strings at most [#MAX_STRINGS], each 1 to [#MAX_LENGTH] characters (UTF-16 units)
public record StopStrings(List<String> strings) {

  public static final int MAX_STRINGS = 8;
  public static final int MAX_LENGTH = 100;

  /// Nothing ends the answer but stop tokens and its length.
  public static final StopStrings NONE = new StopStrings(List.of());

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  public StopStrings {
    strings = List.copyOf(strings);
    if (strings.size() > MAX_STRINGS)
      throw new IllegalArgumentException(strings.size() + " stop strings; at most " + MAX_STRINGS + " are allowed");
    for (String string : strings)
      if (string.isEmpty() || string.length() > MAX_LENGTH)
        throw new IllegalArgumentException(
            "a stop string of " + string.length() + " characters; 1 to " + MAX_LENGTH + " are allowed");
  }

  /// From the parameter `stop`: one string as it stands, or, if the text begins with `[`, a JSON array of strings.
  ///
  /// @throws IllegalArgumentException with a sentence, if it is neither or too much
  public static StopStrings parse(String parameter) {
    if (!parameter.startsWith("[")) return new StopStrings(List.of(parameter));
    try {
      List<JsonNode> elements = JSON.readTree(parameter).valueStream().toList();
      if (!elements.stream().allMatch(JsonNode::isTextual)) throw notAnArray(null);
      return new StopStrings(elements.stream().map(JsonNode::textValue).toList());
    } catch (JsonProcessingException e) {
      throw notAnArray(e);
    }
  }

  private static IllegalArgumentException notAnArray(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "text that begins with [ and is no JSON array of strings, such as [\"\\n\", \"END\"]", cause);
  }

  public boolean isEmpty() {
    return strings.isEmpty();
  }

  /// For one answer.
  public StopScanner scanner() {
    return new StopScanner(this);
  }

  /// The text before the first stop string in it, or the whole text.
  public String before(String text) {
    StopScanner scanner = scanner();
    String released = scanner.add(text);
    return released + scanner.finish();
  }

  /// The length of the longest stop string with which `text` ends; 0 if there is none.
  int endsAt(CharSequence text) {
    int longest = 0;
    for (String string : strings)
      if (string.length() > longest && endsWith(text, string, string.length())) longest = string.length();
    return longest;
  }

  /// How many characters at the end of `text` may be the start of a stop string.
  int mayBegin(CharSequence text) {
    int longest = 0;
    for (String string : strings)
      for (int length = Math.min(string.length() - 1, text.length()); length > longest; length--)
        if (endsWith(text, string, length)) longest = length;
    return longest;
  }

  /// Whether `text` ends with the first `length` characters of `string`.
  private static boolean endsWith(CharSequence text, String string, int length) {
    int start = text.length() - length;
    if (start < 0) return false;
    for (int i = length - 1; i >= 0; i--) if (text.charAt(start + i) != string.charAt(i)) return false;
    return true;
  }
}
