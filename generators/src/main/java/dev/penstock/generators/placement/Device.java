package dev.penstock.generators.placement;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the operator wants models to run on.
public sealed interface Device {

  Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

  /// The first GPU if its libraries are there, else the processor, with one line that says why.
  record Auto() implements Device {}

  record Cpu() implements Device {}

  /// This GPU and nothing else.
  ///
  /// @param number from 0, as CUDA counts them
  record Cuda(int number) implements Device {}

  /// @param text `auto`, `cpu` or `cuda:N`
  /// @throws IllegalArgumentException if it is none of them
  static Device parse(String text) {
    Matcher cuda = CUDA.matcher(text);
    if (cuda.matches()) return new Cuda(Integer.parseInt(cuda.group(1)));
    return switch (text) {
      case "auto" -> new Auto();
      case "cpu" -> new Cpu();
      default -> throw new IllegalArgumentException("a device is auto, cpu or cuda:N, not " + text);
    };
  }
}
