package dev.penstock.bench.sampling;

import java.util.ArrayList;
import java.util.List;

/// Twice 100 briefs: each of 25 products in four kinds of text.
public final class AdvertisingBriefs {

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

  private static final List<String> OTHER_PRODUCTS =
      List.of(
          "a folding kayak", "a rain jacket", "a pair of reading glasses", "an air purifier", "a gaming chair",
          "a bread maker", "a night light", "a bicycle helmet", "a thermos flask", "a pair of ski goggles",
          "a video doorbell", "a linen shirt", "a portable grill", "a hand blender", "a leather notebook",
          "a record player", "a chef's knife", "a sun cream", "a wooden train set", "a lawn mower", "a hearing aid",
          "a down blanket", "green tea", "a bookshop by the sea", "a phone plan for families");

  private static final List<String> OTHER_WISHES =
      List.of(
          "Give me a catchy tagline for %s.",
          "Write the subject and the first line of an e-mail that sells %s.",
          "Write a short text for a poster about %s.",
          "Explain in one paragraph why somebody should buy %s.");

  private AdvertisingBriefs() {}

  /// What the defaults were chosen on.
  public static List<String> known() {
    return briefs(WISHES, PRODUCTS);
  }

  /// What the defaults were not chosen on.
  public static List<String> heldOut() {
    return briefs(OTHER_WISHES, OTHER_PRODUCTS);
  }

  private static List<String> briefs(List<String> wishes, List<String> products) {
    List<String> briefs = new ArrayList<>();
    for (String wish : wishes) for (String product : products) briefs.add(wish.formatted(product));
    return briefs;
  }
}
