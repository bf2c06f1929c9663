package dev.penstock.sink.database;

import dev.penstock.sink.arrival.Arrival;
import dev.penstock.sink.arrival.ContentArrival;
import dev.penstock.sink.arrival.OutcomeArrival;
import dev.penstock.sink.arrival.UnreadableArrival;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what arrived together with how far it got: both in one transaction, so that after any crash the rows
/// and the offsets agree. Threads may share one.
public final class ContentDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(ContentDatabase.class);

  private final Database database;

  public ContentDatabase(Database database) {
    this.database = database;
  }

  /// Where the tables stand in those partitions that were ever read.
  public Map<TopicPartition, StoredOffset> offsets(Collection<TopicPartition> partitions) {
    return database.inTransaction(handle -> OffsetTable.read(handle, partitions));
  }

  /// Stores the first position of partitions that have none or whose topic was created anew.
  public void begin(Map<TopicPartition, StoredOffset> starts) {
    database.inTransaction(
        handle -> {
          starts.forEach((partition, start) -> OffsetTable.begin(handle, partition, start));
          return starts.size();
        });
  }

  /// Writes one poll batch.
  ///
  /// @param arrivals with bodies that are kept already
  /// @throws DatabaseUnavailableException if the database does not serve now
  /// @throws StaleOffsetException if another instance wrote one of the partitions
  public Written write(List<Arrival> arrivals, List<OffsetMove> moves) {
    try {
      return database.inTransaction(
          handle -> {
            OffsetTable.advance(handle, moves);
            return writeTogether(handle, arrivals);
          });
    } catch (JdbiException e) {
      if (DatabaseFailure.of(e) != DatabaseFailure.REFUSED_DATA) throw e;
      return writeOneByOne(arrivals, moves);
    }
  }

  private static Written writeTogether(Handle handle, List<Arrival> arrivals) {
    return upsert(handle, ContentColumns.UPSERT, ContentColumns.ALL, only(ContentArrival.class, arrivals))
        .plus(upsert(handle, OutcomeColumns.UPSERT, OutcomeColumns.ALL, only(OutcomeArrival.class, arrivals)))
        .plus(park(handle, only(UnreadableArrival.class, arrivals)));
  }

  /// The batch has a row that PostgreSQL does not take: that one is parked, the others are written.
  private Written writeOneByOne(List<Arrival> arrivals, List<OffsetMove> moves) {
    return database.inTransaction(
        handle -> {
          OffsetTable.advance(handle, moves);
          Written written = Written.NOTHING;
          for (Arrival arrival : arrivals) written = written.plus(writeOrPark(handle, arrival));
          return written;
        });
  }

  private static Written writeOrPark(Handle handle, Arrival arrival) {
    handle.savepoint("arrival");
    try {
      Written written = writeTogether(handle, List.of(arrival));
      handle.releaseSavepoint("arrival");
      return written;
    } catch (JdbiException e) {
      if (DatabaseFailure.of(e) != DatabaseFailure.REFUSED_DATA) throw e;
      handle.rollbackToSavepoint("arrival");
      LOG.atWarn()
          .addKeyValue("position", arrival.position())
          .addKeyValue("reason", DatabaseFailure.reason(e))
          .log("the database refused a record and it was parked");
      String message = "the database refused its values: " + DatabaseFailure.reason(e);
      return park(handle, List.of(new UnreadableArrival(arrival.record(), "REFUSED_BY_DATABASE", message)));
    }
  }

  private static Written park(Handle handle, List<UnreadableArrival> unreadable) {
    Written written = upsert(handle, UnreadableColumns.UPSERT, UnreadableColumns.ALL, unreadable);
    return new Written(0, 0, written.duplicates(), written.added());
  }

  private static <R> Written upsert(Handle handle, String sql, List<Column<R>> columns, List<R> rows) {
    if (rows.isEmpty()) return Written.NOTHING;
    int added = 0;
    int replaced = 0;
    try (PreparedBatch batch = handle.prepareBatch(sql)) {
      for (R row : rows) {
        for (Column<R> column : columns) batch.bind(column.name(), column.value().apply(row));
        batch.add();
      }
      for (boolean inserted : batch.executePreparedBatch("inserted").mapTo(boolean.class).list())
        if (inserted) added++;
        else replaced++;
    }
    return new Written(added, replaced, rows.size() - added - replaced, 0);
  }

  private static <A extends Arrival> List<A> only(Class<A> kind, List<Arrival> arrivals) {
    return arrivals.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
