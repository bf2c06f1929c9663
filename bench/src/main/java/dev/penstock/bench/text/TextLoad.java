package dev.penstock.bench.text;

import dev.penstock.generators.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A named load: the same requests on every machine, for every engine that is compared.
///
/// @param name as in the figures' names
/// @param requests in the order in which they wait
public record TextLoad(String name, List<Request> requests) {

  private static final int REQUESTS = 48;
  private static final long SEED = 20261122;

  /// @param prompt token ids, plain advertising English without a chat template
  /// @param answerTokens how many tokens are written, whatever they are
  public record Request(int[] prompt, int answerTokens) {}

  public TextLoad {
    requests = List.copyOf(requests);
  }

  /// Prompts of 4 to 32 tokens, answers of 8 to 120.
  public static TextLoad ofShortPrompts(Tokenizer tokenizer) {
    return draw("short", 32, tokenizer);
  }

  /// Prompts of 4 to 400 tokens, answers of 8 to 120.
  public static TextLoad ofLongPrompts(Tokenizer tokenizer) {
    return draw("long", 400, tokenizer);
  }

  private static TextLoad draw(String name, int longestPrompt, Tokenizer tokenizer) {
    Random random = new Random(SEED);
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int promptTokens = random.nextInt(4, longestPrompt + 1);
      int answerTokens = random.nextInt(8, 121);
      requests.add(new Request(prompt(tokenizer, i, promptTokens), answerTokens));
    }
    return new TextLoad(name, requests);
  }

  /// Exactly `tokens` tokens of text that begins in its own way.
  public static int[] prompt(Tokenizer tokenizer, long seed, int tokens) {
    return Arrays.copyOf(tokenizer.encode(AdvertisingText.ofAtLeast(tokens, seed)), tokens);
  }

  /// The first `count` requests, for a short form.
  TextLoad first(int count) {
    return new TextLoad(name, requests.subList(0, count));
  }

  int promptTokens() {
    return requests.stream().mapToInt(request -> request.prompt().length).sum();
  }

  int answerTokens() {
    return requests.stream().mapToInt(Request::answerTokens).sum();
  }
}
