package dev.penstock.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.bench.text.TextLoad;
import dev.penstock.bench.text.TextLoad.Request;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The same prompts for every program, as token ids, so that no tokenizer counts.
///
/// @param tokens how many each answer has, whatever they are
/// @param rows how many are answered at once
/// @param decodeOnly only tokens that follow the first ones of all answers count; all prompts begin together
record PeerLoad(List<int[]> prompts, List<Integer> tokens, int rows, boolean decodeOnly) {

  /// One thread each: the processor time of programs that spin while they wait for their threads would depend on what
  /// else runs.
  static final int THREADS = 1;

  /// How long the answers to the first prompts are that are thrown away.
  static final int WARM_UP_TOKENS = 32;

  PeerLoad {
    prompts = List.copyOf(prompts);
    tokens = List.copyOf(tokens);
  }

  /// Prompts of one length, answers of one length.
  static PeerLoad of(Tokenizer tokenizer, int requests, int promptTokens, int rows, int tokens) {
    return new PeerLoad(
        IntStream.range(0, requests).mapToObj(i -> TextLoad.prompt(tokenizer, i, promptTokens)).toList(),
        Collections.nCopies(requests, tokens), rows, false);
  }

  /// A load of different lengths.
  static PeerLoad of(List<Request> requests, int rows) {
    return new PeerLoad(
        requests.stream().map(Request::prompt).toList(), requests.stream().map(Request::answerTokens).toList(), rows,
        false);
  }

  PeerLoad decoding() {
    return new PeerLoad(prompts, tokens, rows, true);
  }

  /// What is answered before the clock runs.
  PeerLoad warmUp() {
    int few = Math.min(rows, prompts.size());
    return new PeerLoad(prompts.subList(0, few), Collections.nCopies(few, WARM_UP_TOKENS), rows, false);
  }

  /// Positions that the longest row needs.
  int positions() {
    return IntStream.range(0, prompts.size()).map(i -> prompts.get(i).length + tokens.get(i)).max().orElseThrow();
  }

  void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompts", prompts);
    json.put("tokens", tokens);
    json.put("rows", rows);
    json.put("decodeOnly", decodeOnly);
    json.put("warmUpTokens", WARM_UP_TOKENS);
    json.put("threads", THREADS);
    json.put("positions", Math.ceilDiv(positions() + 1, 256) * 256);
    new ObjectMapper().writeValue(file.toFile(), json);
  }
}
