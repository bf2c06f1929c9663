package dev.penstock.runtime.config;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The names of Kafka's own client settings. What is passed on to Kafka may have any other name, since its plugins
/// have settings of their own; but a name that is nearly one of these is a slip, and Kafka would ignore it.
final class KafkaNames {

  private static final int SLIP = 2;

  /// What Kafka Streams puts before a setting that only one of its clients gets.
  private static final Pattern CLIENT = Pattern.compile("^((main|restore|global)\\.)?(consumer|producer|admin)\\.");

  private static final Set<String> NAMES = names();

  private KafkaNames() {}

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
    names.addAll(ProducerConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    return names;
  }

  /// The name that was probably meant; empty if `name` is one, or is like none.
  ///
  /// @param name without `kafka.`
  static Optional<String> meantBy(String name) {
    var client = CLIENT.matcher(name);
    String prefix = client.find() ? client.group() : "";
    String bare = name.substring(prefix.length());
    if (NAMES.contains(bare) || bare.length() <= 2 * SLIP) return Optional.empty();
    return NAMES.stream().filter(known -> isNear(known, bare)).findFirst().map(known -> prefix + known);
  }

  /// Whether at most [#SLIP] letters have to be put in, taken out or changed (Levenshtein).
  private static boolean isNear(String a, String b) {
    if (Math.abs(a.length() - b.length()) > SLIP) return false;
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()] <= SLIP;
  }
}
