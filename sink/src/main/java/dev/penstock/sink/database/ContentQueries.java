package dev.penstock.sink.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads content and outcomes as they are kept. Threads may share one.
///
/// Every method throws [DatabaseUnavailableException] if the database does not serve now.
public final class ContentQueries {

  private final Database database;

  public ContentQueries(Database database) {
    this.database = database;
  }

  /// Content, newest first.
  ///
  /// @param after where the page begins; null for the newest
  /// @param limit 1 or more
  public Page<StoredContent> newest(ContentFilter filter, @Nullable PageKey after, int limit) {
    List<String> conditions = new ArrayList<>();
    filter.columns().keySet().forEach(column -> conditions.add("%1$s = :%1$s".formatted(column)));
    if (after != null) conditions.add("(completed_at, content_id) < (:completedAt, :contentId)");
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    return database.inTransaction(
        handle -> {
          Query query =
              handle
                  .createQuery(
                      "select * from content %s order by completed_at desc, content_id desc limit :limit"
                          .formatted(where))
                  .bindMap(filter.columns())
                  .bind("limit", limit + 1);
          if (after != null) query.bind("completedAt", after.completedAt()).bind("contentId", after.contentId());
          return page(query.map((row, context) -> ContentRow.read(row)).list(), limit);
        });
  }

  /// One more than wanted was asked for: it says whether there is another page.
  private static Page<StoredContent> page(List<StoredContent> found, int limit) {
    if (found.size() <= limit) return new Page<>(found, null);
    return new Page<>(found.subList(0, limit), PageKey.of(found.get(limit - 1)).toString());
  }

  public Optional<StoredContent> byId(UUID contentId) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select * from content where content_id = ?")
                .bind(0, contentId)
                .map((row, context) -> ContentRow.read(row))
                .findOne());
  }

  /// Outcomes, newest first.
  ///
  /// @param promptId null for any
  /// @param outcome the name of an [dev.penstock.schemas.Outcome]; null for any
  public List<StoredOutcome> outcomes(@Nullable String promptId, @Nullable String outcome, int limit) {
    List<String> conditions = new ArrayList<>();
    if (promptId != null) conditions.add("prompt_id = :promptId");
    if (outcome != null) conditions.add("outcome = :outcome");
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    return database.inTransaction(
        handle -> {
          Query query =
              handle
                  .createQuery("select * from outcome %s order by ended_at desc limit :limit".formatted(where))
                  .bind("limit", limit);
          if (promptId != null) query.bind("promptId", StorableText.of(promptId));
          if (outcome != null) query.bind("outcome", outcome);
          return query.map((row, context) -> OutcomeRow.read(row)).list();
        });
  }

  /// The values that a filter may choose from, by jumping from value to value in the index.
  ///
  /// @param column `campaign` or `model_name`
  public List<String> choices(String column) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    with recursive choice(value) as (
                      (select %1$s from content where %1$s is not null order by %1$s limit 1)
                      union all
                      select (select %1$s from content where %1$s > choice.value order by %1$s limit 1)
                      from choice where choice.value is not null)
                    select value from choice where value is not null limit 200"""
                        .formatted(column))
                .mapTo(String.class)
                .list());
  }

  /// A number that changes with every batch that any sink commits, and never without one.
  public long version() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select coalesce(sum(next_offset), 0) from kafka_offsets")
                .mapTo(Long.class)
                .one());
  }

  public Summary summary() {
    return database.inTransaction(SummaryQuery::run);
  }
}
