package dev.penstock.sink.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.runtime.UserError;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The sink's PostgreSQL schema `penstock`: a pool of connections and the migrations. Threads may share one.
public final class Database implements AutoCloseable {

  static final String SCHEMA = "penstock";
  static final String MIGRATIONS = "classpath:dev/penstock/sink/database/migrations";

  private static final int CONNECTIONS = 5;

  private final DatabaseSettings settings;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /// Opens no connection yet.
  public Database(DatabaseSettings settings) {
    this.settings = settings;
    this.pool = new HikariDataSource(config(settings));
    this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "text");
  }

  private static HikariConfig config(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sink");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setSchema(SCHEMA);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(3_000);
    config.setValidationTimeout(2_000);
    config.addDataSourceProperty("ApplicationName", "penstock-sink");
    config.addDataSourceProperty("connectTimeout", "3");
    // A connection whose other end vanished without a word is given up, not waited for.
    config.addDataSourceProperty("socketTimeout", "30");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return config;
  }

  /// Brings the schema to this version.
  ///
  /// @throws UserError if the schema is newer than this program, or the login is refused
  /// @throws DatabaseUnavailableException if the database does not serve now
  public void migrate() {
    try {
      Flyway flyway =
          Flyway.configure()
              .dataSource(pool)
              .defaultSchema(SCHEMA)
              .createSchemas(true)
              .locations(MIGRATIONS)
              .load();
      refuseNewer(flyway.info().all());
      flyway.migrate();
    } catch (FlywayException e) {
      throw atStart(e);
    }
  }

  private void refuseNewer(MigrationInfo[] migrations) {
    Arrays.stream(migrations)
        .filter(m -> m.getState() == MigrationState.FUTURE_SUCCESS || m.getState() == MigrationState.FUTURE_FAILED)
        .reduce((earlier, later) -> later)
        .ifPresent(
            newer -> {
              throw new UserError(
                  "database %s has schema version %s, which is newer than this program knows: start the newer program or name another database.url"
                      .formatted(settings.shownUrl(), newer.getVersion()));
            });
  }

  private RuntimeException atStart(FlywayException e) {
    return switch (DatabaseFailure.of(e)) {
      case LOGIN_REFUSED -> new UserError(
          "database %s refuses user %s: %s"
              .formatted(settings.shownUrl(), settings.user(), DatabaseFailure.reason(e)),
          e);
      case PASSING -> unavailable(e);
      case REFUSED_DATA, FATAL -> new UserError(
          "database %s cannot be brought to this program's schema: %s"
              .formatted(settings.shownUrl(), DatabaseFailure.reason(e)),
          e);
    };
  }

  /// Runs `work` in one transaction.
  ///
  /// @throws DatabaseUnavailableException if the database does not serve now; nothing was committed, or the
  ///     commit's answer was lost
  public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      throw switch (DatabaseFailure.of(e)) {
        case PASSING, LOGIN_REFUSED -> unavailable(e);
        case REFUSED_DATA, FATAL -> e;
      };
    }
  }

  private DatabaseUnavailableException unavailable(Exception e) {
    return new DatabaseUnavailableException(
        "database %s: %s".formatted(settings.shownUrl(), DatabaseFailure.reason(e)), e);
  }

  @Override
  public void close() {
    pool.close();
  }
}
