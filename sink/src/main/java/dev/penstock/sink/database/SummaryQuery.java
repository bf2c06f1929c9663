package dev.penstock.sink.database;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The statements behind [Summary].
final class SummaryQuery {

  private static final String RECENT =
      "(select * from %1$s where %2$s > now() - interval '24 hours' order by %2$s desc limit " + Summary.LIMIT + ")";
  private static final String RECENT_CONTENT = RECENT.formatted("content", "completed_at");
  private static final String RECENT_OUTCOMES = RECENT.formatted("outcome", "ended_at");

  private record Latencies(long medianMillis, long slowMillis) {}

  private SummaryQuery() {}

  static Summary run(Handle handle) {
    Optional<Latencies> latencies = latencies(handle);
    return new Summary(
        counts(handle, "modality", RECENT_CONTENT),
        latencies.map(found -> Duration.ofMillis(found.medianMillis())).orElse(null),
        latencies.map(found -> Duration.ofMillis(found.slowMillis())).orElse(null),
        counts(handle, "outcome", RECENT_OUTCOMES),
        handle.createQuery("select count(*) from unreadable").mapTo(Long.class).one());
  }

  private static Map<String, Long> counts(Handle handle, String column, String recent) {
    return handle
        .createQuery("select %1$s as kind, count(*) as amount from %2$s recent group by %1$s".formatted(column, recent))
        .map((row, context) -> Map.entry(row.getString("kind"), row.getLong("amount")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Optional<Latencies> latencies(Handle handle) {
    return handle
        .createQuery(
            """
            select count(*) as amount,
              percentile_disc(0.5) within group (order by millis) as median,
              percentile_disc(0.95) within group (order by millis) as slow
            from (select (extract(epoch from completed_at - requested_at) * 1000)::bigint as millis
                  from %s recent) latency"""
                .formatted(RECENT_CONTENT))
        .map(
            (row, context) ->
                row.getLong("amount") == 0
                    ? Optional.<Latencies>empty()
                    : Optional.of(new Latencies(row.getLong("median"), row.getLong("slow"))))
        .one();
  }
}
