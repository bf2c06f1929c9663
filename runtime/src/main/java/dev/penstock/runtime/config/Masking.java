package dev.penstock.runtime.config;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/// Values as they may be shown: secrets as stars, references to secrets as they were written.
final class Masking {

  private static final String STARS = "********";

  /// User and password in an address, and parameters that are secrets by their names.
  private static final Pattern IN_AN_ADDRESS =
      Pattern.compile("(?i)(//[^/@:\\s]*:)[^/@\\s]+(?=@)|([?&;][^=&;]*(?:password|secret|token)[^=&;]*=)[^&;]*");

  private static final Pattern SOUNDS_SECRET = Pattern.compile(".*(password|secret|token|jaas|credential|private).*");

  /// What Kafka itself keeps secret: passwords, keys in PEM.
  private static final Set<String> OF_KAFKA = ofKafka();

  private Masking() {}

  private static Set<String> ofKafka() {
    Set<String> names = new TreeSet<>();
    for (ConfigDef clients : new ConfigDef[] {AdminClientConfig.configDef(), ProducerConfig.configDef(), ConsumerConfig.configDef()})
      clients.configKeys().forEach((name, key) -> {
        if (key.type == ConfigDef.Type.PASSWORD) names.add(name);
      });
    return names;
  }

  static String shown(Key<?> key, String written) {
    return key.isSecret() ? hidden(written) : inAnAddress(written);
  }

  /// @param name begins with `kafka.`
  static String shownForKafka(String name, String written) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean isSecret = SOUNDS_SECRET.matcher(lower).matches() || OF_KAFKA.stream().anyMatch(lower::endsWith);
    // Where a secret lies is none.
    return isSecret && !lower.endsWith(".location") ? hidden(written) : inAnAddress(written);
  }

  private static String hidden(String written) {
    return written.isEmpty() || SecretReferences.isAll(written) ? written : STARS;
  }

  private static String inAnAddress(String written) {
    return IN_AN_ADDRESS
        .matcher(written)
        .replaceAll(match -> (match.group(1) != null ? match.group(1) : match.group(2)) + STARS);
  }
}
