package dev.penstock.generators.models.writing;

import dev.penstock.generators.models.Progress;
import java.io.IOException;
import java.nio.file.Path;

/// One way to write a model's graph.
///
/// @param word    the form of the weights, as the manifest says it
/// @param isExact whether it computes with the file's own weights in float32, and so needs no measuring
/// @param writer  writes it
public record GraphForm(String word, boolean isExact, Writer writer) {

  @FunctionalInterface
  public interface Writer {
    /// Writes a graph that keeps the contract of [dev.penstock.generators.models.LanguageModelSection], and its data
    /// beside it.
    ///
    /// @param graph         a file that does not exist yet
    /// @param contextLength positions to prepare for
    void write(Path graph, int contextLength, Progress progress) throws IOException;
  }
}
