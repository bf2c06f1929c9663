package dev.penstock.bench.sampling;

import java.util.ArrayList;
import java.util.List;

/// 100 briefs: each of 25 products as a slogan, a headline, a post and a paragraph.
final class AdvertisingBriefs {

  private static final List<String> PRODUCTS =
      List.of(
          "a waterproof hiking boot", "a solar-powered backpack", "a noise-cancelling headphone", "an electric bike",
          "a yoga mat", "an espresso machine", "a desk lamp", "a standing desk", "a reusable water bottle",
          "a running shoe", "a smart thermostat", "a wool sweater", "a camping tent", "a robot vacuum",
          "a fountain pen", "a bluetooth speaker", "a cast-iron pan", "an organic face cream", "a kids' scooter",
          "a garden hose", "a fitness watch", "a travel pillow", "oat milk", "a bakery in a small town",
          "a bank account for students");

  private static final List<String> WISHES =
      List.of(
          "Write one short advertising slogan for %s.",
          "Write a headline and a call to action for %s.",
          "Write a social media post that advertises %s.",
          "Write a product description of three sentences for %s.");

  private AdvertisingBriefs() {}

  static List<String> all() {
    List<String> briefs = new ArrayList<>();
    for (String wish : WISHES) for (String product : PRODUCTS) briefs.add(wish.formatted(product));
    return briefs;
  }
}
