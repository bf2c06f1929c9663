package dev.penstock.generators.engine;

import dev.penstock.generators.engine.crash.CrashFolders;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How an engine is set up.
///
/// @param planThreads threads for the stages around the lanes (prepare, complete, last), 1..64; these may block on
///     I/O, so more than the cores can be right
/// @param crashFolders where evidence of native crashes is kept, or null to keep none
/// @param modelBytes how much memory models that are loaded on demand may take together, `Long.MAX_VALUE` for no bound
public record EngineSettings(int planThreads, @Nullable CrashFolders crashFolders, long modelBytes) {

  public EngineSettings {
    if (planThreads < 1 || planThreads > 64)
      throw new IllegalArgumentException("planThreads must be 1..64, is " + planThreads);
    if (modelBytes < 0) throw new IllegalArgumentException("modelBytes must be at least 0, is " + modelBytes);
  }

  /// An engine that remembers nothing beyond its process.
  public static EngineSettings withoutCrashEvidence(int planThreads) {
    return new EngineSettings(planThreads, null, Long.MAX_VALUE);
  }

  /// An engine that finds out which request killed the process before this one.
  public static EngineSettings withCrashEvidence(int planThreads, CrashFolders folders) {
    return new EngineSettings(planThreads, Objects.requireNonNull(folders), Long.MAX_VALUE);
  }

  /// The same with a bound on the memory of models.
  public EngineSettings withModelBytes(long most) {
    return new EngineSettings(planThreads, crashFolders, most);
  }
}
