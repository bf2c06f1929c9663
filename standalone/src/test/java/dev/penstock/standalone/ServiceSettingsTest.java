package dev.penstock.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.sink.SinkSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Services inside the process use what it brings, never another cluster that happens to be set; the rest is as the
/// person set it.
class ServiceSettingsTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void whatTheProcessBringsWinsAndALineSaysSo() {
    Settings set = set(Map.of("kafka.bootstrap.servers", "production:9092", "kafka.security.protocol", "SSL"));

    Settings services = of(set, Map.of("kafka.bootstrap.servers", "127.0.0.1:1"), Map.of());

    assertThat(services.get(SharedKeys.BOOTSTRAP_SERVERS)).isEqualTo("127.0.0.1:1");
    assertThat(services.kafka()).containsOnlyKeys("bootstrap.servers");
    assertThat(printed.toString(UTF_8))
        .contains("note: kafka.bootstrap.servers (command line) is not used", "note: kafka.security.protocol");
  }

  @Test
  void whatIsSetWinsOverTheUsualPlaces() {
    Settings set = set(Map.of("export.folder", "mine"));

    Settings services = of(set, Map.of(), Map.of("export.folder", "usual", "object.store.uri", "file:usual"));

    assertThat(services.get(SinkSettings.EXPORT_FOLDER)).isEqualTo("mine");
    assertThat(services.get(SharedKeys.OBJECT_STORE)).hasToString("file:usual");
    assertThat(printed.size()).isZero();
  }

  @Test
  void freePortsAreFreeWhateverIsSet() {
    Settings set =
        Layers.around(
            set(Map.of("broker.port", "9092", "export.folder", "mine")), Map.of(), Layers.freePorts());

    assertThat(StandaloneKeys.ports()).allSatisfy(port -> assertThat(set.get(port)).isZero());
    assertThat(set.get(SinkSettings.EXPORT_FOLDER)).isEqualTo("mine");
  }

  private Settings of(Settings set, Map<String, String> brought, Map<String, String> usual) {
    return ServiceSettings.of(set, brought, usual, new PrintStream(printed, true, UTF_8));
  }

  private static Settings set(Map<String, String> values) {
    return Settings.load(StandaloneKeys.all(), null, Map.of(), values);
  }
}
