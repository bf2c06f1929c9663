package dev.penstock.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server process of a data folder, known by its `postmaster.pid`. Whoever asks holds the folder's lock.
final class Postmaster {

  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final String PID_FILE = "postmaster.pid";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Postmaster() {}

  /// Ends the server that a killed process left behind, and forgets one that is gone.
  static void stopLeftOver(Path data) throws IOException {
    Optional<ProcessHandle> server = of(data);
    if (server.isPresent()) {
      LOG.atInfo().addKeyValue("pid", server.get().pid()).log("stopping the PostgreSQL server of a process that is gone");
      stop(server.get());
    }
    Files.deleteIfExists(data.resolve(PID_FILE));
  }

  /// The running server of the folder; none if its number went to another program meanwhile.
  static Optional<ProcessHandle> of(Path data) throws IOException {
    Path pidFile = data.resolve(PID_FILE);
    if (!Files.exists(pidFile)) return Optional.empty();
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,9}")) return Optional.empty();
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(process -> process.info().command().map(Path::of).filter(Postmaster::isServer).isPresent());
  }

  private static boolean isServer(Path program) {
    return program.getFileName().toString().startsWith("postgres");
  }

  /// Returns when it has ended. TERM lets it finish in order, which is at once without clients; a killed server
  /// recovers at its next start.
  static void stop(ProcessHandle server) throws IOException {
    server.destroy();
    if (hasEnded(server)) return;
    LOG.atWarn().addKeyValue("pid", server.pid()).log("killing a PostgreSQL server that does not stop");
    server.destroyForcibly();
    if (!hasEnded(server)) throw new IOException("the PostgreSQL server with process id " + server.pid() + " does not end");
  }

  private static boolean hasEnded(ProcessHandle server) {
    try {
      server.onExit().completeOnTimeout(server, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("cannot wait for process " + server.pid(), e);
    }
    return !server.isAlive();
  }
}
