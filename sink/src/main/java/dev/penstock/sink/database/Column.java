package dev.penstock.sink.database;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One column of a table and the value that a row has in it. A table is a list of them, from which its
/// statements are made, so that a column is named once.
///
/// @param placeholder how the value stands in the statement, for example `cast(:scores as jsonb)`
record Column<R>(String name, String placeholder, Function<R, @Nullable Object> value) {

  static <R> Column<R> of(String name, Function<R, @Nullable Object> value) {
    return new Column<>(name, ":" + name, value);
  }

  static <R> Column<R> json(String name, Function<R, @Nullable String> value) {
    return new Column<>(name, "cast(:%s as jsonb)".formatted(name), value::apply);
  }

  /// An upsert that returns one row when something was written: `inserted` is true for a new row and false for
  /// one that was replaced. The row that stands is the one with the latest
  /// (record_timestamp, record_offset, record_partition), in whatever order they arrive.
  static <R> String upsert(String table, String key, List<Column<R>> columns) {
    return
        """
        insert into %1$s (%2$s) values (%3$s)
        on conflict (%4$s) do update set (%2$s) = row(%5$s)
        where (excluded.record_timestamp, excluded.record_offset, excluded.record_partition)
            > (%1$s.record_timestamp, %1$s.record_offset, %1$s.record_partition)
        returning (xmax = 0) as inserted"""
        .formatted(
            table,
            list(columns, Column::name),
            list(columns, Column::placeholder),
            key,
            list(columns, column -> "excluded." + column.name()));
  }

  private static <R> String list(List<Column<R>> columns, Function<Column<R>, String> part) {
    return columns.stream().map(part).collect(Collectors.joining(", "));
  }
}
