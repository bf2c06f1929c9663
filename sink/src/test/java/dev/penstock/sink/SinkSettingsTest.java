package dev.penstock.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What may be set works without being set, is refused by name where it is wrong, and keeps its secrets.
class SinkSettingsTest {

  @Test
  void everythingHasADefaultForOneMachine() {
    SinkSettings settings = settings(Map.of());

    assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/penstock");
    assertThat(settings.console().host()).isEqualTo("127.0.0.1");
    assertThat(settings.group()).isEqualTo("penstock-sink");
    assertThat(settings.kafka().common()).containsEntry("bootstrap.servers", "127.0.0.1:9092");
  }

  @Test
  void refusesAnotherDatabaseThanPostgresWithoutPrintingItsParameters() {
    assertThatThrownBy(() -> settings(Map.of("database.url", "jdbc:mysql://db/x?password=hidden")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("database.url is 'jdbc:mysql://db/x'")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void refusesToListenOutsideWithoutAToken() {
    assertThatThrownBy(() -> settings(Map.of("console.host", "0.0.0.0")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("set console.token");
  }

  @Test
  void printsNoSecret() {
    SinkSettings settings =
        settings(
            Map.of(
                "database.password", "hidden-password",
                "database.url", "jdbc:postgresql://db/x?sslpassword=hidden-key",
                "console.token", "hidden-token-of-enough-length"));

    assertThat(settings.database().toString() + settings.console()).doesNotContain("hidden");
  }

  private static SinkSettings settings(Map<String, String> set) {
    return SinkSettings.from(Settings.load(SinkSettings.keys(), null, Map.of(), set));
  }
}
