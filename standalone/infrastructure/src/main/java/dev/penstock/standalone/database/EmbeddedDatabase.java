package dev.penstock.standalone.database;

import dev.penstock.runtime.UserError;
import dev.penstock.standalone.infrastructure.FolderLock;
import dev.penstock.standalone.infrastructure.Folders;
import dev.penstock.standalone.infrastructure.Port;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// PostgreSQL 18 as a process of this one, on loopback, its data kept in a folder across restarts and kills. What
/// is committed is on disk. One role and one database, both named `penstock`, with a password.
///
/// Any thread may call any method.
public final class EmbeddedDatabase implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final FolderLock lock;
  private final EmbeddedPostgres postgres;
  private final Path data;
  private final Access access;

  private EmbeddedDatabase(FolderLock lock, EmbeddedPostgres postgres, Path data, Access access) {
    this.lock = lock;
    this.postgres = postgres;
    this.data = data;
    this.access = access;
  }

  /// Returns when the server takes connections. The caller closes the result.
  ///
  /// @param folder where the data lies
  /// @param programs where PostgreSQL's programs (50 MB) are unpacked once
  /// @throws UserError if the port or the folder is in use, or this user cannot run PostgreSQL here
  /// @throws IOException if the server does not start; the message says why
  public static EmbeddedDatabase start(Path folder, Path programs, Port port) throws IOException {
    requireRunnable();
    FolderLock lock = FolderLock.on(folder);
    try {
      return start(folder, programs, port, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Ends the server that a killed process left behind in a folder. The caller holds the folder.
  public static void stopLeftOver(Path folder) throws IOException {
    Postmaster.stopLeftOver(data(folder));
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  /// PostgreSQL refuses to run as root; as root it is put into a user namespace, which not every container allows.
  private static void requireRunnable() {
    if ("root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable())
      throw new UserError(
          "PostgreSQL does not run as root and this machine allows no user namespaces (unshare -U):"
              + " run as an ordinary user, or set database.url to a server of yours");
  }

  private static EmbeddedDatabase start(Path folder, Path programs, Port port, FolderLock lock) throws IOException {
    Path data = data(folder);
    Path log = folder.resolve("postgres.log");
    Postmaster.stopLeftOver(data);
    Access access = new Access(folder);
    if (!access.isSetUp()) Folders.remove(data);
    Files.deleteIfExists(log);
    EmbeddedPostgres postgres = startServer(data, programs, port.resolve(), access, log);
    EmbeddedDatabase database = new EmbeddedDatabase(lock, postgres, data, access);
    try {
      if (!access.isSetUp()) access.setUp(postgres.getPostgresDatabase(), data);
      return database;
    } catch (IOException | SQLException e) {
      database.close();
      throw new IOException("PostgreSQL cannot be set up in %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static EmbeddedPostgres startServer(Path data, Path programs, int port, Access access, Path log)
      throws IOException {
    ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(log.toFile());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Folders.createPrivate(programs).resolve("postgresql").toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setDataDirectoryCustomizer(folder -> writeRules(access, folder.toPath()))
            .setPort(port)
            .setPGStartupWait(START_PATIENCE)
            .setOutputRedirector(toLog)
            .setErrorRedirector(toLog)
            .setConnectConfig("password", access.password());
    configure(builder);
    try {
      return builder.start();
    } catch (IOException | RuntimeException e) {
      throw new IOException("PostgreSQL did not start: %s (all it said is in %s)".formatted(lastLine(log), log), e);
    }
  }

  /// The library starts servers for tests: fast, and forgetful when the power fails.
  private static void configure(EmbeddedPostgres.Builder builder) {
    builder
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", Port.HOST)
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "40")
        .setServerConfig("shared_buffers", "32MB")
        .setServerConfig("jit", "off")
        // Fewer processes: nothing is replicated, and little is read.
        .setServerConfig("io_method", "sync")
        .setServerConfig("wal_level", "minimal")
        .setServerConfig("max_wal_senders", "0")
        .setServerConfig("max_logical_replication_workers", "0")
        .setServerConfig("log_checkpoints", "off")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("locale", "C");
  }

  private static void writeRules(Access access, Path data) {
    try {
      access.writeRules(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(Port.HOST, postgres.getPort(), Access.DATABASE);
  }

  public int port() {
    return postgres.getPort();
  }

  public String user() {
    return Access.USER;
  }

  public String password() {
    return access.password();
  }

  /// Returns when the server process has ended.
  @Override
  public void close() throws IOException {
    try {
      Optional<ProcessHandle> server = Postmaster.of(data);
      postgres.close();
      if (server.isPresent()) Postmaster.stop(server.get());
    } finally {
      lock.close();
    }
  }
}
