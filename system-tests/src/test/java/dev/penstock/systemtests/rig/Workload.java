package dev.penstock.systemtests.rig;

import dev.penstock.producer.PromptSender;
import dev.penstock.schemas.PromptRequested;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/// Prompts for product paragraphs, which take tiny-copywriter about a hundred steps each. The seed decides text and
/// draw, so workloads of other names with the same seeds must yield the same contents.
///
/// @param name begins the prompt ids
/// @param firstSeed of the first prompt; the others follow
/// @param isStreamed whether their texts are told while they are written
public record Workload(String name, long firstSeed, int prompts, boolean isStreamed) {

  public Workload(String name, long firstSeed, int prompts) {
    this(name, firstSeed, prompts, false);
  }

  private static final List<String> PRODUCTS =
      List.of("waterproof hiking boot", "lightweight trail shoe", "ankle boot", "waterproof rain jacket", "down jacket");

  /// Returns when the broker has acknowledged all of them.
  public void sendTo(Cluster cluster) {
    try (PromptSender sender = new PromptSender(cluster.clients(), cluster.registry())) {
      CompletableFuture<?>[] sent =
          LongStream.range(firstSeed, firstSeed + prompts)
              .mapToObj(seed -> sender.send(prompt(seed)))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(sent).join();
    }
  }

  private PromptRequested prompt(long seed) {
    String product = PRODUCTS.get((int) (seed % PRODUCTS.size()));
    return PromptRequested.newBuilder()
        .setPromptId(name + "-" + seed)
        .setSeed(seed)
        .setStream(isStreamed)
        .setText("Write a product paragraph for a " + product + ".")
        .setParameters(Map.of("maxTokens", "160"))
        .build();
  }
}
