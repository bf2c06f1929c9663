package dev.penstock.sink.database;

import static dev.penstock.sink.database.Column.of;

import dev.penstock.sink.arrival.UnreadableArrival;
import java.util.ArrayList;
import java.util.List;

/// The columns of `unreadable`.
final class UnreadableColumns {

  static final List<Column<UnreadableArrival>> ALL = columns();
  static final String UPSERT =
      Column.upsert("unreadable", "record_topic, record_partition, record_offset, record_timestamp", ALL);

  private UnreadableColumns() {}

  private static List<Column<UnreadableArrival>> columns() {
    List<Column<UnreadableArrival>> all = new ArrayList<>();
    all.add(of("record_key", arrival -> arrival.record().key()));
    all.add(of("record_value", arrival -> arrival.record().value()));
    all.add(of("reason", arrival -> StorableText.of(arrival.reason())));
    all.add(of("message", arrival -> StorableText.of(arrival.message())));
    all.addAll(PositionColumns.of(UnreadableArrival::position));
    return List.copyOf(all);
  }
}
