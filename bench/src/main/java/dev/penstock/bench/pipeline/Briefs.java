package dev.penstock.bench.pipeline;

import java.util.List;

/// The words the measurements are made with.
final class Briefs {

  private static final List<String> PRODUCTS =
      List.of(
          "waterproof hiking boot", "solar-powered backpack", "noise-cancelling headphone", "electric bike",
          "yoga mat", "espresso machine", "desk lamp", "standing desk", "reusable water bottle", "running shoe",
          "smart thermostat", "wool sweater", "camping tent", "robot vacuum", "fountain pen", "bluetooth speaker");

  private static final List<String> AUDIENCES =
      List.of("students", "young parents", "commuters", "retirees", "remote workers", "weekend athletes");

  private Briefs() {}

  /// The number-th brief; 96 differ.
  static String slogan(int number) {
    String product = PRODUCTS.get(number % PRODUCTS.size());
    String audience = AUDIENCES.get(number / PRODUCTS.size() % AUDIENCES.size());
    String article = "aeiou".indexOf(product.charAt(0)) >= 0 ? "an" : "a";
    return "Write one short advertising slogan for %s %s. The audience is %s."
        .formatted(article, product, audience);
  }
}
