package dev.penstock.producer.http;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import java.util.List;

/// What may be set for `penstock producer`.
public final class IntakeKeys implements ServiceKeys {

  @Override
  public String service() {
    return "producer";
  }

  @Override
  public List<Key<?>> keys() {
    return IntakeSettings.keys();
  }
}
