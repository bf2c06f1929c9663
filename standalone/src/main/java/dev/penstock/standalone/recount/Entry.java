package dev.penstock.standalone.recount;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What a recount keeps of a record.
sealed interface Entry {

  /// Where the record itself lies.
  Position at();

  /// The record's key in hex; null if it has none.
  @Nullable String key();

  /// @param id null if it has none or cannot be read
  /// @param variants how many contents it asks for; empty if it cannot be read
  record Prompt(Position at, @Nullable String key, @Nullable String id, OptionalInt variants) implements Entry {}

  /// @param source the prompt record it answers
  /// @param outcome the enum symbol
  record Outcome(
      Position at, @Nullable String key, @Nullable String promptId, Position source, String outcome, List<String> contentIds)
      implements Entry {}

  /// @param bodyFault what is wrong with the body; null if its bytes have the size and SHA-256 of the record
  record Content(Position at, @Nullable String key, String id, String promptId, @Nullable String bodyFault)
      implements Entry {}
}
