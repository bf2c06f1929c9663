package dev.penstock.chaos.cluster;

import java.util.Map;

/// @param instances of generator-stream that always run; 1 to 3
/// @param generatorStream settings of every instance
/// @param broker settings of every broker, that win over ours
public record SiteSettings(int instances, Map<String, String> generatorStream, Map<String, String> broker) {

  public SiteSettings {
    if (instances < 1 || instances > 3)
      throw new IllegalArgumentException("instances is " + instances + ", allowed is 1 to 3");
    generatorStream = Map.copyOf(generatorStream);
    broker = Map.copyOf(broker);
  }

  /// Two instances, nothing out of the ordinary.
  public static SiteSettings usual() {
    return new SiteSettings(2, Map.of(), Map.of());
  }
}
