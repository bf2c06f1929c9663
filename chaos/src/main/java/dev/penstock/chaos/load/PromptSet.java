package dev.penstock.chaos.load;

import dev.penstock.schemas.Modality;
import dev.penstock.schemas.PromptRequested;
import java.util.List;
import java.util.Map;

/// Prompts whose seed decides everything but their id, so that a seed yields the same content each time. Of ten, six are
/// text that is told in chunks, two text at once, one text with one of eight order keys, one a picture.
///
/// @param size how many different ones there are; seeds are 0 to size - 1
public record PromptSet(int size) {

  private static final List<String> PRODUCTS =
      List.of(
          "waterproof hiking boot", "lightweight trail shoe", "ankle boot", "waterproof rain jacket", "down jacket",
          "steel water bottle", "leather wallet");

  private static final List<String> CLASSES = List.of("t-shirt", "trouser", "dress", "sneaker", "bag");

  private static final int ORDER_KEYS = 8;

  public PromptSet {
    if (size < 1) throw new IllegalArgumentException("size is " + size + ", allowed is at least 1");
  }

  /// @param id unique
  /// @param seed 0 to size - 1
  public PromptRequested prompt(String id, long seed) {
    PromptRequested.Builder prompt = PromptRequested.newBuilder().setPromptId(id).setSeed(seed);
    String product = PRODUCTS.get((int) (seed % PRODUCTS.size()));
    int kind = (int) (seed % 10);
    if (kind == 9)
      return prompt
          .setModality(Modality.IMAGE)
          .setModel("fashion-cvae")
          .setText("a picture for the catalogue")
          .setParameters(Map.of("class", CLASSES.get((int) (seed / 10 % CLASSES.size())), "size", "64"))
          .build();
    if (kind == 8) prompt.setOrderKey("order-" + seed / 10 % ORDER_KEYS);
    return prompt
        .setModel("tiny-copywriter")
        .setStream(kind < 6)
        .setText("Write a product paragraph for a " + product + ".")
        .setParameters(Map.of("maxTokens", "120"))
        .build();
  }
}
