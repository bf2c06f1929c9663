package dev.penstock.standalone.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database keeps what was committed, also over a kill; it writes to disk before it says so, lets nobody in
/// without the password, and leaves no process behind.
class EmbeddedDatabaseTest {

  @TempDir static Path shared;
  private static Path programs;
  private static Path prepared;

  @TempDir Path folder;

  /// The first start takes seconds; the tests start from copies of what it leaves.
  @BeforeAll
  static void makeADatabaseOnce() throws IOException {
    programs = shared.resolve("programs");
    prepared = shared.resolve("prepared");
    EmbeddedDatabase.start(prepared, programs, Port.free()).close();
  }

  @Test
  void keepsItsDataAcrossARestartAndLeavesNoProcessBehind() throws Exception {
    copyPrepared();
    ProcessHandle server;
    try (EmbeddedDatabase database = start()) {
      execute(database, "create table t (v int)", "insert into t values (7)");
      server = server();
    }
    assertThat(server.isAlive()).isFalse();

    try (EmbeddedDatabase again = start()) {
      assertThat(query(again, "select v from t")).isEqualTo("7");
    }
  }

  @Test
  void writesToDiskBeforeACommitReturnsAndListensOnLoopbackOnly() throws Exception {
    copyPrepared();
    try (EmbeddedDatabase database = start()) {
      assertThat(query(database, "show server_version")).startsWith("18.");
      assertThat(query(database, "show fsync")).isEqualTo("on");
      assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(socketFolder()).as("a socket in the file system").isEmpty();
    }
  }

  /// Line 5 of the running server's postmaster.pid; the setting itself is hidden from our role.
  private String socketFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path lock = files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
      return Files.readAllLines(lock).get(4).strip();
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    copyPrepared();
    try (EmbeddedDatabase database = start()) {
      for (String user : new String[] {database.user(), "postgres"})
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), user, "guess"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void stopsTheServerThatAKilledProcessLeftBehind() throws Exception {
    copyPrepared();
    Process owner = startOwner();
    assertThat(owner.inputReader().readLine()).isEqualTo("committed");
    ProcessHandle server = server();
    owner.destroyForcibly().waitFor();
    assertThat(server.isAlive()).isTrue();

    try (EmbeddedDatabase database = start()) {
      assertThat(server.isAlive()).isFalse();
      assertThat(query(database, "select v from t")).isEqualTo("8");
    }
  }

  @Test
  void recoversAfterItsServerWasKilled() throws Exception {
    copyPrepared();
    try (EmbeddedDatabase database = start()) {
      execute(database, "create table t (v int)", "insert into t values (9)");
      ProcessHandle server = server();
      server.destroyForcibly();
      server.onExit().join();
    }

    try (EmbeddedDatabase database = start()) {
      assertThat(query(database, "select v from t")).isEqualTo("9");
    }
  }

  @Test
  void namesThePortAndTheKeyWhenThePortIsInUse() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      assertThatThrownBy(
              () -> EmbeddedDatabase.start(folder, programs, new Port("database.port", other.getLocalPort())))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll("database.port", Integer.toString(other.getLocalPort()));
    }
  }

  @Test
  void startsAfreshWhereAFirstStartWasCutOff() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/postgresql.conf"), "half written");

    try (EmbeddedDatabase database = start()) {
      assertThat(query(database, "select 1")).isEqualTo("1");
    }
  }

  private void copyPrepared() throws IOException {
    try (Stream<Path> files = Files.walk(prepared)) {
      for (Path file : files.skip(1).toList())
        Files.copy(file, folder.resolve(prepared.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private Process startOwner() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            folder.toString(),
            programs.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The process that will be killed.
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      EmbeddedDatabase database =
          EmbeddedDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]), Port.free());
      execute(database, "create table t (v int)", "insert into t values (8)");
      System.out.println("committed");
      System.in.read();
    }
  }

  private EmbeddedDatabase start() throws IOException {
    return EmbeddedDatabase.start(folder, programs, Port.free());
  }

  private ProcessHandle server() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static void execute(EmbeddedDatabase database, String... commands) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String command : commands) statement.execute(command);
    }
  }

  private static String query(EmbeddedDatabase database, String query) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
