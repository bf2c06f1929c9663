package dev.penstock.sink;

import dev.penstock.sink.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/// A real PostgreSQL for all tests of this JVM; each test takes an empty database of its own.
public final class TestPostgres {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TestPostgres() {}

  /// An empty database.
  public static DatabaseSettings newDatabase() {
    String name = "test" + NEXT.incrementAndGet();
    try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection()) {
      connection.createStatement().execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new DatabaseSettings(Holder.SERVER.getJdbcUrl("postgres", name), "postgres", "");
  }

  /// A way to look into a database beside the code under test.
  public static Jdbi jdbi(DatabaseSettings settings) {
    String separator = settings.url().contains("?") ? "&" : "?";
    return Jdbi.create(settings.url() + separator + "currentSchema=penstock", settings.user(), settings.password());
  }
}
