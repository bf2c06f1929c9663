package dev.penstock.bench.evaluation.evidence;

import java.util.List;

/// A bound that a bundled model's figure should keep.
///
/// @param family as the table names it
/// @param model that is measured
/// @param figure of its evaluation
/// @param words what the figure is, for readers
/// @param atLeast or else below
/// @param of figure that the bound is taken from; empty if `offset` is the bound itself
/// @param offset added to it
record Aim(String family, String model, String figure, String words, boolean atLeast, String of, double offset) {

  private static final String THREE = "object_colour_background";

  /// What the bundled models are made for.
  static final List<Aim> ALL = List.of(
      atLeast("VAE (a baseline itself)", "fashion-cvae", "accuracy", "class seen", 0.80),
      below("VAE (a baseline itself)", "fashion-cvae", "frechet_gaussian"),
      new Aim("GAN", "fashion-gan", "accuracy", "class seen, real less 0.05", true, "accuracy_real", -0.05),
      atLeast("GAN", "fashion-gan", "recall", "recall", 0.5),
      below("GAN", "fashion-gan", "frechet_gaussian"),
      below("GAN", "fashion-gan", "frechet_vae"),
      atLeast("DCGAN", "product-dcgan", "accuracy", "object", 0.80),
      atLeast("VQ-VAE with prior", "product-vq", "seen_" + THREE, "object, colour and background, trained pairs", 0.85),
      atLeast("diffusion", "product-diffusion", "seen_" + THREE, "object, colour and background, trained pairs", 0.97),
      atLeast("diffusion", "product-diffusion", "held_out_" + THREE, "the same, pairs held out", 0.95),
      atLeast("diffusion", "product-diffusion", "seen_all_four", "with the pattern, trained pairs", 0.90),
      atLeast("diffusion", "product-diffusion", "held_out_all_four", "the same, pairs held out", 0.85),
      atLeast("diffusion", "product-diffusion", "paraphrase_" + THREE, "object, colour and background, phrasings never trained", 0.85),
      atLeast("latent diffusion", "product-latent-diffusion", "seen_" + THREE, "object, colour and background, trained pairs", 0.97),
      atLeast("latent diffusion", "product-latent-diffusion", "held_out_" + THREE, "the same, pairs held out", 0.95),
      atLeast("latent diffusion", "product-latent-diffusion", "seen_all_four", "with the pattern, trained pairs", 0.90),
      atLeast("latent diffusion", "product-latent-diffusion", "held_out_all_four", "the same, pairs held out", 0.85),
      atLeast("latent diffusion", "product-latent-diffusion", "paraphrase_" + THREE, "object, colour and background, phrasings never trained", 0.85));

  private static Aim atLeast(String family, String model, String figure, String words, double bound) {
    return new Aim(family, model, figure, words, true, "", bound);
  }

  private static Aim below(String family, String model, String baseline) {
    String whose = baseline.endsWith("vae") ? "the VAE's" : "the Gaussian's";
    return new Aim(family, model, "frechet", "Fréchet distance, " + whose, false, baseline, 0);
  }

  /// A row: family, model, aim, found, reached.
  String row(Evidence of) {
    double bound = (this.of.isEmpty() ? 0 : of.value(this.of)) + offset;
    double found = of.value(figure);
    int decimals = figure.equals("frechet") ? 1 : 3;
    boolean reached = atLeast ? found >= bound : found < bound;
    return "| %s | `%s` | %s: %s %s | %s | %s |%n".formatted(
        family, of.model(), words, atLeast ? "at least" : "below", Evidence.number(bound, decimals), of.shown(figure, decimals), reached ? "yes" : "no");
  }
}
