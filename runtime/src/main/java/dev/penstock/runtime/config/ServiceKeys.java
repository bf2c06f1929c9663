package dev.penstock.runtime.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/// The keys of one service, found by `ServiceLoader`: named in its module's
/// `META-INF/services/dev.penstock.runtime.config.ServiceKeys`. One settings file may serve all services, so that each
/// has to know which keys are another's.
public interface ServiceKeys {

  /// The command that starts it, for example `sink`.
  String service();

  List<Key<?>> keys();

  /// Every service on the class path, by name.
  static List<ServiceKeys> all() {
    List<ServiceKeys> all = new ArrayList<>();
    ServiceLoader.load(ServiceKeys.class).forEach(all::add);
    all.sort(Comparator.comparing(ServiceKeys::service));
    return all;
  }

  /// Every key of every service, once.
  static List<Key<?>> everyKey() {
    Set<Key<?>> keys = new LinkedHashSet<>();
    for (ServiceKeys service : all()) keys.addAll(service.keys());
    return new ArrayList<>(keys);
  }
}
