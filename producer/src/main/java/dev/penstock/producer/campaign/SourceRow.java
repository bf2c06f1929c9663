package dev.penstock.producer.campaign;

import dev.penstock.schemas.ChatMessage;
import java.util.List;
import java.util.Map;

/// A row as the file has it.
///
/// @param cells what is filled in, by column; empty cells are left out
/// @param messages a conversation, or empty
/// @param problems what keeps the row from being read; then the rest is empty
record SourceRow(long line, Map<String, String> cells, List<ChatMessage> messages, List<String> problems) {

  static SourceRow of(long line, Map<String, String> cells) {
    return new SourceRow(line, cells, List.of(), List.of());
  }

  static SourceRow unreadable(long line, String problem) {
    return new SourceRow(line, Map.of(), List.of(), List.of(problem));
  }
}
