package dev.penstock.standalone.registry;

import org.jspecify.annotations.Nullable;

/// One thing that happened to the registry, as its topic keeps it.
sealed interface RegistryRecord {

  /// A version of a subject; `deleted` hides it but keeps its id.
  record SchemaVersion(String subject, int version, int id, String schema, boolean deleted) implements RegistryRecord {}

  /// A version that is gone for good.
  record VersionRemoved(String subject, int version) implements RegistryRecord {}

  /// All versions of a subject up to one are hidden.
  record SubjectDeleted(String subject, int lastVersion) implements RegistryRecord {}

  /// A compatibility level.
  ///
  /// @param subject null for the global level
  /// @param level null if it was taken back
  record LevelSet(@Nullable String subject, @Nullable CompatibilityLevel level) implements RegistryRecord {}
}
