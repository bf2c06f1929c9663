package dev.penstock.runtime.config;

import dev.penstock.runtime.UserError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/// Values that lie elsewhere, read by Kafka's own config providers: `${file:/etc/penstock/secrets.properties:password}`,
/// `${directory:/run/secrets:database-password}` (a file for each secret) and `${env:NAME}`.
final class SecretReferences {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|directory|env):(?:([^}:]*):)?([^}:]+)}");

  private final Map<String, ConfigProvider> providers = new HashMap<>();

  SecretReferences() {
    providers.put("file", new FileConfigProvider());
    providers.put("directory", new DirectoryConfigProvider());
    providers.put("env", new EnvVarConfigProvider());
    providers.values().forEach(provider -> provider.configure(Map.of()));
  }

  static boolean isIn(String text) {
    return REFERENCE.matcher(text).find();
  }

  /// Whether nothing but a reference is in the text.
  static boolean isAll(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /// The text with every reference replaced by what it stands for.
  ///
  /// @throws UserError naming the key and the reference, if there is no such file or no such secret in it
  String resolve(String key, String from, String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) matcher.appendReplacement(resolved, Matcher.quoteReplacement(read(key, from, matcher)));
    return matcher.appendTail(resolved).toString();
  }

  private String read(String key, String from, Matcher reference) {
    ConfigProvider provider = java.util.Objects.requireNonNull(providers.get(reference.group(1)));
    String path = reference.group(2) == null ? "" : reference.group(2);
    try {
      ConfigData data = provider.get(path, Set.of(reference.group(3)));
      String value = data.data().get(reference.group(3));
      // Files made with an editor or echo end with a line break that is not part of the secret.
      if (value != null) return value.stripTrailing();
    } catch (KafkaException e) {
      throw missing(key, from, reference.group(), e);
    }
    throw missing(key, from, reference.group(), null);
  }

  private static UserError missing(
      String key, String from, String reference, @org.jspecify.annotations.Nullable Exception cause) {
    return new UserError(
        "%s is %s (%s), and there is nothing to read there: name a file or variable that this user can read and that has this entry"
            .formatted(key, reference, from),
        cause);
  }
}
