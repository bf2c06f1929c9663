package dev.penstock.generators.models;

import java.util.List;

/// What only one family needs to know about a model; the manifest holds exactly one.
public sealed interface FamilySection permits LanguageModelSection, OneShotImageSection {

  ModelFamily family();

  /// Names of the files that this section points at; each must be listed under `files`.
  List<String> referencedFiles();
}
