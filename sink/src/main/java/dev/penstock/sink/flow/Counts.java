package dev.penstock.sink.flow;

import dev.penstock.sink.arrival.Arrival;
import dev.penstock.sink.arrival.ContentArrival;
import dev.penstock.sink.arrival.OutcomeArrival;
import dev.penstock.sink.arrival.UnreadableArrival;
import dev.penstock.sink.database.Written;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What the sink did since it started. Records read = added + replaced + duplicates + parked, batch by batch.
/// Any thread may call any method.
public final class Counts {

  private final Map<Count, LongAdder> values = new EnumMap<>(Count.class);

  public Counts() {
    for (Count count : Count.values()) values.put(count, new LongAdder());
  }

  void add(Count count, long amount) {
    adder(count).add(amount);
  }

  /// A committed batch.
  void add(List<Arrival> arrivals, Written written) {
    add(Count.BATCHES, 1);
    add(Count.RECORDS_READ, arrivals.size());
    for (Arrival arrival : arrivals)
      switch (arrival) {
        case ContentArrival content -> add(Count.CONTENT_READ, 1);
        case OutcomeArrival outcome -> add(Count.OUTCOMES_READ, 1);
        case UnreadableArrival unreadable -> {}
      }
    add(Count.ROWS_ADDED, written.added());
    add(Count.ROWS_REPLACED, written.replaced());
    add(Count.DUPLICATES, written.duplicates());
    add(Count.PARKED, written.parked());
  }

  public long of(Count count) {
    return adder(count).sum();
  }

  /// Every count by its key.
  public Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>();
    for (Count count : Count.values()) all.put(count.key(), of(count));
    return all;
  }

  private LongAdder adder(Count count) {
    LongAdder adder = values.get(count);
    if (adder == null) throw new IllegalStateException("every count has a value");
    return adder;
  }
}
