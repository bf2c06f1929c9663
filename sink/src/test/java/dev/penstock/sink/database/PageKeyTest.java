package dev.penstock.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A page's end can be put into an address and read back; nothing else is taken for one.
class PageKeyTest {

  @Test
  void readsWhatItWrites() {
    PageKey key = new PageKey(Instant.parse("2026-11-22T10:00:00.123Z"), UUID.randomUUID());

    assertThat(PageKey.parse(key.toString())).hasValue(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "5", "x_y", "9223372036854775808_6f0f3d1e-6a54-5e0f-9b1c-3a5d2c7e4b10", "1_2"})
  void takesNothingElse(String text) {
    assertThat(PageKey.parse(text)).isEmpty();
  }
}
