package dev.penstock.generatorstream.streams;

import java.util.Locale;

/// Who divides the tasks among the instances.
public enum GroupProtocol {
  /// The members themselves. A named instance keeps its tasks over a restart.
  CLASSIC,

  /// The broker (KIP-1071). It sets the session as well, and in Kafka 4.3 knows no named instances.
  STREAMS;

  /// As settings name it.
  public static GroupProtocol parse(String text) {
    return switch (text) {
      case "classic" -> CLASSIC;
      case "streams" -> STREAMS;
      default -> throw new IllegalArgumentException(text);
    };
  }

  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }
}
