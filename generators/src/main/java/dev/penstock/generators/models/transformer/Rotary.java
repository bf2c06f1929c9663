package dev.penstock.generators.models.transformer;

import java.util.Arrays;

/// Rotary positions (Su et al. 2021): pair `i` of a head is turned by `position * frequency(i)`.
///
/// @param frequencies radians a position, one for each pair; half of the head size
public record Rotary(double[] frequencies) {

  public Rotary {
    frequencies = frequencies.clone();
  }

  @Override
  public double[] frequencies() {
    return frequencies.clone();
  }

  /// `base^(-2i / headSize)`.
  public static Rotary plain(double base, int headSize) {
    double[] frequencies = new double[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(base, -2.0 * i / headSize);
    }
    return new Rotary(frequencies);
  }

  /// All positions squeezed by one factor (linear scaling, Chen et al. 2023).
  public Rotary slowed(double factor) {
    return new Rotary(Arrays.stream(frequencies).map(frequency -> frequency / factor).toArray());
  }

  /// Each pair squeezed by its own factor.
  public Rotary slowed(float[] factors) {
    double[] slowed = frequencies.clone();
    for (int i = 0; i < slowed.length; i++) {
      slowed[i] /= factors[i];
    }
    return new Rotary(slowed);
  }

  /// The scaling of Llama 3.1 (`rope_type: llama3`): slow pairs are squeezed, quick ones stay, between them it blends.
  ///
  /// @param originalContext positions before the scaling
  public Rotary llama3(double factor, double lowFactor, double highFactor, double originalContext) {
    return new Rotary(Arrays.stream(frequencies).map(frequency -> {
      double turns = originalContext * frequency / (2 * Math.PI);
      double blend = Math.clamp((turns - lowFactor) / (highFactor - lowFactor), 0, 1);
      return (1 - blend) * frequency / factor + blend * frequency;
    }).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rotary(double[] others) && Arrays.equals(frequencies, others);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(frequencies);
  }
}
