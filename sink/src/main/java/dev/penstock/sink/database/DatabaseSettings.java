package dev.penstock.sink.database;

import dev.penstock.runtime.UserError;

/// Where the tables live.
///
/// @param url a PostgreSQL JDBC URL
/// @param password never part of a message or of [#toString]
public record DatabaseSettings(String url, String user, String password) {

  private static final String PREFIX = "jdbc:postgresql:";

  public DatabaseSettings {
    if (!url.startsWith(PREFIX))
      throw new UserError(
          "database.url is '%s', allowed is a PostgreSQL JDBC URL, for example jdbc:postgresql://127.0.0.1:5432/penstock"
              .formatted(withoutQuery(url)));
  }

  /// The URL without its parameters, which may hold secrets.
  public String shownUrl() {
    return withoutQuery(url);
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[url=%s, user=%s]".formatted(shownUrl(), user);
  }
}
