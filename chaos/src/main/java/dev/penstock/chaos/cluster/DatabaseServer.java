package dev.penstock.chaos.cluster;

import dev.penstock.chaos.guarantee.Account.Position;
import dev.penstock.chaos.guarantee.SinkExactlyOnce;
import dev.penstock.standalone.database.EmbeddedDatabase;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A PostgreSQL server that can be away for a while and comes back on the same port. One thread at a time.
public final class DatabaseServer implements AutoCloseable {

  private final Path folder;
  private final Path programs;
  private final Port port;
  private EmbeddedDatabase database;

  private DatabaseServer(Path folder, Path programs, Port port) throws IOException {
    this.folder = folder;
    this.programs = programs;
    this.port = port;
    this.database = EmbeddedDatabase.start(folder, programs, port);
  }

  static DatabaseServer start(Path folder, Path programs) throws IOException {
    return new DatabaseServer(folder, programs, new Port("the database's port", Port.free().resolve()));
  }

  /// Its connections end.
  public void stop() throws IOException {
    database.close();
  }

  /// After [#stop].
  public void startAgain() throws IOException {
    database = EmbeddedDatabase.start(folder, programs, port);
  }

  Map<String, String> settings() {
    return Map.of("database.url", database.jdbcUrl(), "database.user", database.user());
  }

  String password() {
    return database.password();
  }

  /// How many outcomes the sink has stored.
  public int outcomes() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from outcome")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /// Everything that the sink has stored, to be asked of an account.
  public SinkExactlyOnce rows() throws SQLException {
    List<Map.Entry<String, String>> contents = new ArrayList<>();
    List<Position> outcomes = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("select content_id, body_sha256 from content")) {
        while (rows.next()) contents.add(Map.entry(rows.getString(1), rows.getString(2)));
      }
      try (ResultSet rows =
          statement.executeQuery("select prompt_topic, prompt_partition, prompt_offset from outcome")) {
        while (rows.next()) outcomes.add(new Position(rows.getString(1), rows.getInt(2), rows.getLong(3)));
      }
    }
    return new SinkExactlyOnce(contents, outcomes);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
