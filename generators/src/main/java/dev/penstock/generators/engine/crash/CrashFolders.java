package dev.penstock.generators.engine.crash;

import java.nio.file.Path;
import java.util.Objects;

/// Where evidence of native crashes lies. Both must outlive the process, and belong to one instance of the
/// service at a time.
///
/// @param recorders flight recorders and the list of suspects; created if missing
/// @param crashLogs where the JVM writes `hs_err_pid<pid>.log`: its working directory, or the folder given by
///     `-XX:ErrorFile=<folder>/hs_err_pid%p.log`
public record CrashFolders(Path recorders, Path crashLogs) {

  public CrashFolders {
    Objects.requireNonNull(recorders);
    Objects.requireNonNull(crashLogs);
  }
}
