package dev.penstock.sink;

import dev.penstock.sink.database.Database;
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

  /// A database with nothing in it.
  public static DatabaseSettings emptyDatabase() {
    return settings(create("template1"));
  }

  /// A database whose tables are there and empty; a copy of one that was migrated once, which is quicker.
  public static DatabaseSettings newDatabase() {
    return settings(create(Migrated.NAME));
  }

  private static String create(String template) {
    String name = "test" + NEXT.incrementAndGet();
    try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection()) {
      connection.createStatement().execute("create database %s template %s".formatted(name, template));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  private static DatabaseSettings settings(String database) {
    return new DatabaseSettings(Holder.SERVER.getJdbcUrl("postgres", database), "postgres", "");
  }

  private static final class Migrated {
    static final String NAME = migrate();

    private static String migrate() {
      String name = create("template1");
      try (Database database = new Database(settings(name))) {
        database.migrate();
      }
      return name;
    }
  }

  /// A way to look into a database beside the code under test.
  public static Jdbi jdbi(DatabaseSettings settings) {
    String separator = settings.url().contains("?") ? "&" : "?";
    return Jdbi.create(settings.url() + separator + "currentSchema=penstock", settings.user(), settings.password());
  }
}
