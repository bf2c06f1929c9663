package dev.penstock.sink.database;

import dev.penstock.sink.arrival.RecordPosition;
import java.util.List;
import java.util.function.Function;

/// The columns by which every table says where its row came from.
final class PositionColumns {

  private PositionColumns() {}

  static <R> List<Column<R>> of(Function<R, RecordPosition> position) {
    return List.of(
        Column.of("record_topic", row -> position.apply(row).topic()),
        Column.of("record_partition", row -> position.apply(row).partition()),
        Column.of("record_offset", row -> position.apply(row).offset()),
        Column.of("record_timestamp", row -> position.apply(row).timestamp()));
  }
}
