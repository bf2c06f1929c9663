package dev.penstock.generatorstream;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import java.util.List;

/// What may be set for `penstock generator-stream`.
public final class GeneratorStreamKeys implements ServiceKeys {

  @Override
  public String service() {
    return "generator-stream";
  }

  @Override
  public List<Key<?>> keys() {
    return GeneratorStreamConfig.keys();
  }
}
