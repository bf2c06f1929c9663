package dev.penstock.generators.text.entities;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Something that a text names.
///
/// @param type the model's own word, without `B-` and `I-`
/// @param text as it stands in the text
/// @param start its first Unicode code point
/// @param end the code point after its last
/// @param score mean probability of its tokens' labels, 0 to 1
/// @param check whether it keeps the rules of its type, see [Checks]; null where there is no rule
public record Entity(String type, String text, int start, int end, double score, @Nullable Boolean check) {

  public Entity {
    Objects.requireNonNull(type);
    Objects.requireNonNull(text);
  }
}
