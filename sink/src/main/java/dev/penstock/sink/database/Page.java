package dev.penstock.sink.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of what was asked for, newest first.
///
/// @param next where the following page begins; null at the end
public record Page<T>(List<T> items, @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }
}
