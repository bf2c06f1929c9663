package dev.penstock.runtime.config;

import dev.penstock.runtime.UserError;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Environment variables that set keys: `PENSTOCK_INBOX_MAX_ENTRIES` is `inbox.max.entries`, and
/// `PENSTOCK_KAFKA_SECURITY_PROTOCOL` is `kafka.security.protocol`.
final class Environment {

  private static final String PREFIX = "PENSTOCK_";

  /// Variables of the launcher, of the build and of folders, which are no keys.
  private static final Set<String> OTHERS =
      Set.of("PENSTOCK_HOME", "PENSTOCK_CACHE", "PENSTOCK_JAVA_OPTS", "PENSTOCK_GPU", "PENSTOCK_REFERENCE_MODELS");

  /// Kubernetes gives every container variables for every Kubernetes service, one named `penstock-sink` among them.
  private static final Pattern OF_KUBERNETES =
      Pattern.compile(".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT_\\d+_(TCP|UDP)(_.*)?");

  private static final Pattern ADDRESS_OF_KUBERNETES = Pattern.compile("(tcp|udp)://.*");

  private final Map<String, String> names = new TreeMap<>();

  Environment(Collection<Key<?>> keys) {
    keys.forEach(key -> names.put(variable(key.name()), key.name()));
  }

  static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// The key that a variable sets; empty for variables that are none of ours.
  ///
  /// @throws UserError if it looks like a key and is none
  Optional<String> key(String variable, String value) {
    if (!variable.startsWith(PREFIX) || ADDRESS_OF_KUBERNETES.matcher(value).matches()) return Optional.empty();
    String name = names.get(variable);
    if (name != null) return Optional.of(name);
    String rest = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    if (rest.startsWith(Settings.KAFKA_PREFIX)) return Optional.of(rest);
    if (OTHERS.contains(variable) || OF_KUBERNETES.matcher(variable).matches()) return Optional.empty();
    throw new UserError(
        "the environment variable %s sets no key that there is; penstock config lists all of them with their variables"
            .formatted(variable));
  }
}
