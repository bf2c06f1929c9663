package dev.penstock.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file in the repository whose content the code decides. `-Dpenstock.regenerate=true` writes it instead of checking
/// it.
record GeneratedFile(Path path) {

  static boolean isRegenerating() {
    return Boolean.getBoolean("penstock.regenerate");
  }

  void check(String expected) throws IOException {
    if (isRegenerating()) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, expected);
    }
    assertThat(path).as("write it with: ./penstock test -pl schemas -Dpenstock.regenerate=true").hasContent(expected);
  }
}
