package dev.penstock.generators.image;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.models.OneShotImageSection.LatentDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A latent vector made of those of other pictures: `7:0.5, 8:0.5` lies between the pictures of the seeds 7 and 8,
/// `7:1, 8:-1, 9:1` is what tells 7 from 8, added to 9 (Radford et al., "Unsupervised representation learning with deep
/// convolutional generative adversarial networks", 2016). The sum is divided by the root of the sum of the squares of the
/// weights, so that what is normal stays so, or, where the latent is uniform, by the sum of their sizes.
record LatentMix(List<Part> parts) {

  /// @param weight other than 0
  record Part(long seed, double weight) {}

  private static final int MOST = 16;
  private static final Pattern PART = Pattern.compile("(\\d{1,18}):(-?\\d{1,3}(?:\\.\\d{1,6})?)");

  /// @param text seeds with weights, with commas between
  /// @throws Rejected it is something else, or nothing is left of it
  static LatentMix parse(String text) throws Rejected {
    List<Part> parts = new ArrayList<>();
    for (String each : text.split(",")) {
      Matcher matcher = PART.matcher(each.strip());
      if (!matcher.matches()) throw rejected("holds something else");
      double weight = Double.parseDouble(matcher.group(2));
      if (weight != 0) parts.add(new Part(Long.parseLong(matcher.group(1)), weight));
    }
    if (parts.isEmpty()) throw rejected("has no weight but 0");
    if (parts.size() > MOST) throw rejected("has " + parts.size() + " parts");
    return new LatentMix(parts);
  }

  private static Rejected rejected(String wrong) {
    return new Rejected(
        "LATENT_FROM",
        "The parameter latentFrom " + wrong + "; up to " + MOST
            + " seeds with weights from -999 to 999 are allowed, such as 7:0.5, 8:0.5.");
  }

  /// @return float32 `[size]`, owned by the caller
  float[] draw(int size, LatentDistribution distribution, double truncation) {
    double[] sum = new double[size];
    double squares = 0;
    double sizes = 0;
    for (Part part : parts) {
      float[] latent = LatentDraw.draw(Seeds.draw(part.seed, 0, 0), size, distribution, truncation);
      for (int i = 0; i < size; i++) sum[i] += part.weight * latent[i];
      squares += part.weight * part.weight;
      sizes += Math.abs(part.weight);
    }
    double scale = switch (distribution) {
      case NORMAL -> Math.sqrt(squares);
      case UNIFORM -> sizes;
    };
    float[] mixed = new float[size];
    for (int i = 0; i < size; i++) mixed[i] = (float) (sum[i] / scale);
    return mixed;
  }
}
