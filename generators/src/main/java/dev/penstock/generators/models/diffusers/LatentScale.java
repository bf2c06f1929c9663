package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.huggingface.JsonFile;
import java.nio.file.Path;

/// How the U-Net's samples follow from the latents of an autoencoder: `sample = (latent - shift) * scaling`.
record LatentScale(double scaling, double shift) {

  private static final long MAX_BYTES = 1 << 20;
  /// What diffusers takes where nothing is said (AutoencoderKL).
  private static final double USUAL_SCALING = 0.18215;

  /// Reads `config.json` of a decoder or an encoder.
  ///
  /// @throws ModelImportException it is missing or damaged, or scales each channel by itself
  static LatentScale read(Path folder) {
    JsonFile config = config(folder);
    if (config.has("latents_mean") || config.has("latents_std")) {
      throw config.refused("latents_mean and latents_std scale each channel by itself; scaling_factor and shift_factor can be imported");
    }
    return new LatentScale(config.optionalReal("scaling_factor").orElse(USUAL_SCALING), config.optionalReal("shift_factor").orElse(0.0));
  }

  /// @throws ModelImportException `config.json` of another part says something else
  void checkSame(Path folder) {
    LatentScale other = read(folder);
    if (!other.equals(this)) {
      throw config(folder).refused("scaling_factor is %s and shift_factor %s, and of the decoder %s and %s; equal ones are needed"
          .formatted(other.scaling, other.shift, scaling, shift));
    }
  }

  private static JsonFile config(Path folder) {
    return JsonFile.read(folder.resolve("config.json"), MAX_BYTES);
  }
}
