package dev.penstock.generators.engine.crash;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where evidence of native crashes lies. Both must outlive the process, and belong to one instance of the
/// service at a time.
///
/// @param recorders flight recorders and the list of suspects; created if missing
/// @param crashLogs where the JVM writes `hs_err_pid<pid>.log`: its working directory, or the folder given by
///     `-XX:ErrorFile=<folder>/hs_err_pid%p.log`
public record CrashFolders(Path recorders, Path crashLogs) {

  private static final Logger log = LoggerFactory.getLogger(CrashFolders.class);
  private static final String FILE_NAME = "hs_err_pid%p.log";

  public CrashFolders {
    Objects.requireNonNull(recorders);
    Objects.requireNonNull(crashLogs);
  }

  /// Where this JVM was told to write its crash logs. A process that is started again with the same options finds
  /// what the one before left.
  public static CrashFolders ofThisJvm(Path recorders) {
    String errorFile =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("ErrorFile").getValue();
    return new CrashFolders(recorders, crashLogs(errorFile));
  }

  /// @param errorFile the option's value; empty if it is not set
  static Path crashLogs(String errorFile) {
    if (errorFile.isEmpty()) return Path.of("").toAbsolutePath();
    Path file = Path.of(errorFile).toAbsolutePath();
    if (!file.endsWith(FILE_NAME))
      log.atWarn().addKeyValue("errorFile", errorFile).addKeyValue("expected", FILE_NAME)
          .log("-XX:ErrorFile names another file than expected, so requests that crash the process are not found");
    return Objects.requireNonNullElse(file.getParent(), file.getRoot());
  }
}
