package dev.penstock.generators.models.writing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A language model in somebody else's files, read and checked.
public interface LanguageModelSource {

  /// The sizes of the model.
  ///
  /// @param trainedContext positions that the model was trained for
  record Sizes(int layers, int keyValueHeads, int headSize, int trainedContext, int vocabularySize) {}

  /// How text becomes tokens and when an answer ends.
  ///
  /// @param chatTemplate Jinja; empty: prompts are fed as plain text
  /// @param bos          the token before every prompt, if the model wants one
  /// @param ends         tokens that end an answer
  record Chat(Optional<String> chatTemplate, Optional<String> bos, List<String> ends) {
    public Chat {
      ends = List.copyOf(ends);
    }
  }

  Sizes sizes();

  Chat chat();

  /// What its user should know beside the quality, a sentence each; usually none.
  default List<String> notes() {
    return List.of();
  }

  /// Writes the tokenizer in the format of Hugging Face tokenizers.
  void writeTokenizer(Path file) throws IOException;

  /// The ways to write the graph in the order in which they are tried, at least one.
  List<GraphForm> forms();

  /// The file's own weights in float32, what other forms are measured against.
  GraphForm reference();
}
