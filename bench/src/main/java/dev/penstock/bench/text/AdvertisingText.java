package dev.penstock.bench.text;

import java.util.Random;

/// English of any length about products, drawn by seed.
final class AdvertisingText {

  private static final String[] OPENINGS = {
    "Write a slogan for", "Describe", "A headline for", "Advertise", "Tell commuters about", "Name three reasons to buy",
    "An honest product sentence about", "Write to a friend about"
  };
  private static final String[] ADJECTIVES = {
    "a light", "a durable", "a quiet", "a handmade", "a solar-powered", "a foldable", "an affordable", "a waterproof"
  };
  private static final String[] PRODUCTS = {
    "hiking boot", "espresso machine", "desk lamp", "wool blanket", "electric bike", "camping tent", "fountain pen",
    "water bottle", "running shoe", "bluetooth speaker", "office chair", "rain jacket"
  };
  private static final String[] ENDINGS = {
    "for students who walk to school", "that lasts ten winters", "made from recycled steel", "with a five year warranty",
    "for parents who have no time", "that fits into every bag", "and say what it costs", "before the season ends"
  };

  private AdvertisingText() {}

  /// Text of more than `words` words, so of more tokens than that.
  static String ofAtLeast(int words, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int written = 0; written <= words; written += 4) {
      text.append(pick(OPENINGS, random)).append(' ').append(pick(ADJECTIVES, random)).append(' ')
          .append(pick(PRODUCTS, random)).append(' ').append(pick(ENDINGS, random)).append(". ");
    }
    return text.toString();
  }

  private static String pick(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }
}
