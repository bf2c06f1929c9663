package dev.penstock.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.bench.text.TextLoad;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The same prompts for every program, as token ids, so that no tokenizer counts.
///
/// @param rows how many are answered at once
/// @param tokens how many each answer has, whatever they are
record PeerLoad(List<int[]> prompts, int rows, int tokens) {

  /// One thread each: the processor time of programs that spin while they wait for their threads would depend on what
  /// else runs.
  static final int THREADS = 1;

  private static final int PROMPT_TOKENS = 16;

  static PeerLoad of(Tokenizer tokenizer, int requests, int rows, int tokens) {
    List<int[]> prompts =
        TextLoad.ofLongPrompts(tokenizer).requests().stream()
            .map(TextLoad.Request::prompt)
            .filter(prompt -> prompt.length >= PROMPT_TOKENS)
            .map(prompt -> Arrays.copyOf(prompt, PROMPT_TOKENS))
            .limit(requests)
            .toList();
    return new PeerLoad(prompts, rows, tokens);
  }

  /// Positions that a row needs.
  int positions() {
    return prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow() + tokens;
  }

  int written() {
    return prompts.size() * tokens;
  }

  void write(Path file) throws IOException {
    Map<String, Object> json =
        Map.of(
            "prompts", prompts, "rows", rows, "tokens", tokens, "threads", THREADS,
            "positions", Math.ceilDiv(positions() + 1, 256) * 256);
    new ObjectMapper().writeValue(file.toFile(), json);
  }
}
