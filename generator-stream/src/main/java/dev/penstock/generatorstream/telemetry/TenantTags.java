package dev.penstock.generatorstream.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Bounds the tenants that have series of their own: the first so many do, all later ones share one. Any thread.
final class TenantTags {

  /// The series of those that came later.
  static final String OTHERS = "(others)";

  private final int most;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  TenantTags(int most) {
    this.most = most;
  }

  String of(String tenant) {
    if (known.contains(tenant)) return tenant;
    synchronized (known) {
      if (known.contains(tenant)) return tenant;
      return known.size() < most && known.add(tenant) ? tenant : OTHERS;
    }
  }
}
