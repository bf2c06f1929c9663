package dev.penstock.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is set where wins over what, and every mistake is answered with the key, the place and what is allowed.
class SettingsTest {

  private static final Key<Long> COUNT = Key.number("inbox.max.entries", 1, 100, 10L, "How many.");
  private static final Key<String> NAME = Key.text("name", null, "What it is called.");
  private static final Key<Duration> WAIT = Key.millis("wait", 0, 5_000, 1_000, "How long.");
  private static final Key<Boolean> FLAG = Key.flag("on", false, "Whether.");
  private static final Key<String> LEVEL = Key.oneOf("level", List.of("low", "high"), "low", "How much.");
  private static final Key<URI> PLACE = Key.uri("place", "file:x", "Where.");
  private static final List<Key<?>> KEYS = List.of(COUNT, NAME, WAIT, FLAG, LEVEL, PLACE);

  @TempDir Path folder;

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = file("inbox.max.entries=1", "name=file", "wait=1");

    Settings settings =
        Settings.load(
            KEYS, file, Map.of("PENSTOCK_INBOX_MAX_ENTRIES", "2", "PENSTOCK_NAME", "environment"), Map.of("name", "line"));

    assertThat(settings.get(NAME)).isEqualTo("line");
    assertThat(settings.get(COUNT)).isEqualTo(2);
    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMillis(1));
    assertThat(settings.get(FLAG)).isFalse();
    assertThat(settings.isSet(WAIT)).isTrue();
    assertThat(settings.isSet(FLAG)).isFalse();
  }

  @Test
  void saysWhereAValueCameFrom() throws IOException {
    Path file = file("wait=1");

    Settings settings = Settings.load(KEYS, file, Map.of("PENSTOCK_ON", "true"), Map.of("level", "high"));

    assertThat(settings.origins())
        .containsEntry("wait", new Settings.Origin("1", file.toString(), "1"))
        .containsEntry("on", new Settings.Origin("true", "environment variable PENSTOCK_ON", "true"))
        .containsEntry("level", new Settings.Origin("high", "command line", "high"))
        .hasSize(3);
  }

  @Test
  void passesWhatIsUnderKafkaOn() {
    Settings settings =
        Settings.load(KEYS, null, Map.of("PENSTOCK_KAFKA_LINGER_MS", "7"), Map.of("kafka.client.id", "me"));

    assertThat(settings.kafka()).isEqualTo(Map.of("linger.ms", "7", "client.id", "me"));
  }

  @Test
  void refusesWhatIsNearlyASettingOfKafkas() {
    assertThatThrownBy(() -> Settings.load(KEYS, null, Map.of(), Map.of("kafka.bootstap.servers", "here:9092")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "unknown key kafka.bootstap.servers (command line): Kafka would ignore it; did you mean kafka.bootstrap.servers?");
    assertThatThrownBy(() -> Settings.load(KEYS, null, Map.of(), Map.of("kafka.main.consumer.max.pol.records", "1")))
        .hasMessageContaining("did you mean kafka.main.consumer.max.poll.records?");
    Map<String, String> ofAPlugin = Map.of("kafka.com.example.login.url", "there");
    assertThat(Settings.load(KEYS, null, Map.of(), ofAPlugin).kafka()).hasSize(1);
  }

  @Test
  void leavesOtherVariablesOfTheEnvironmentAlone() {
    assertThat(Settings.load(KEYS, null, Map.of("PENSTOCK_HOME", "/", "PATH", "/bin"), Map.of()).origins()).isEmpty();
  }

  @Test
  void refusesAVariableThatLooksLikeAKeyAndIsNone() {
    assertThatThrownBy(() -> Settings.load(KEYS, null, Map.of("PENSTOCK_INBOX_MAX", "1"), Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the environment variable PENSTOCK_INBOX_MAX sets no key that there is");
  }

  @Test
  void leavesVariablesThatKubernetesMakesAlone() {
    Map<String, String> made =
        Map.of(
            "PENSTOCK_SINK_SERVICE_HOST", "10.0.0.1",
            "PENSTOCK_SINK_SERVICE_PORT_HTTP", "80",
            "PENSTOCK_SINK_PORT_80_TCP_ADDR", "10.0.0.1",
            "PENSTOCK_NAME", "tcp://10.0.0.1:80");

    assertThat(Settings.load(KEYS, null, made, Map.of()).origins()).isEmpty();
  }

  @Test
  void keysOfOtherServicesMayStandInFilesAndTheEnvironmentAndHaveNoEffect() throws IOException {
    Key<String> other = Key.text("other.key", "", "Somebody else's.");
    List<Path> files = List.of(file("other.key=x", "name=n"));

    Settings settings = Settings.load(KEYS, List.of(other), files, Map.of("PENSTOCK_OTHER_KEY", "y"), Map.of());

    assertThat(settings.origins()).containsOnlyKeys("name");
    assertThatThrownBy(() -> Settings.load(KEYS, List.of(other), List.of(), Map.of(), Map.of("other.key", "z")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown key other.key (command line)");
  }

  @Test
  void theLaterFileWins() throws IOException {
    Path first = Files.write(folder.resolve("first"), List.of("name=first", "wait=1"));
    Path second = Files.write(folder.resolve("second"), List.of("name=second"));

    Settings settings = Settings.load(KEYS, List.of(), List.of(first, second), Map.of(), Map.of());

    assertThat(settings.get(NAME)).isEqualTo("second");
    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void readsSecretsWhereAReferenceSaysTheyAre() throws IOException {
    Path secrets = Files.write(folder.resolve("secrets"), List.of("word=hidden"));
    Files.write(folder.resolve("a-secret"), List.of("hidden too"));
    Path file =
        file(
            "name=${directory:%s:a-secret}".formatted(folder),
            "kafka.sasl.jaas.config=X password\\=\"${file:%s:word}\";".formatted(secrets));

    Settings settings = Settings.load(KEYS, file, Map.of(), Map.of());

    assertThat(settings.get(NAME)).isEqualTo("hidden too");
    assertThat(settings.kafka()).containsEntry("sasl.jaas.config", "X password=\"hidden\";");
    assertThat(settings.effective().toString() + settings.origins()).doesNotContain("hidden");
  }

  @Test
  void saysWhichSecretIsNotThere() throws IOException {
    Path secrets = Files.write(folder.resolve("secrets"), List.of("word=hidden"));

    for (String reference : List.of("${file:%s:other}".formatted(secrets), "${file:/no/such/file:word}", "${env:NO_SUCH}"))
      assertThatThrownBy(() -> Settings.load(KEYS, null, Map.of(), Map.of("name", reference)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("name is " + reference + " (command line), and there is nothing to read there");
  }

  @Test
  void refusesAnUnknownKeyNamingItAndTheKnownOnes() {
    assertThatThrownBy(() -> Settings.load(KEYS, null, Map.of(), Map.of("inbox.max", "1")))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("unknown key inbox.max", "command line", "inbox.max.entries", "kafka.");
  }

  @Test
  void refusesAValueThatIsNotAllowedNamingPlaceAndRange() {
    assertThatThrownBy(() -> Settings.load(KEYS, null, Map.of("PENSTOCK_INBOX_MAX_ENTRIES", "101"), Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "inbox.max.entries is '101' (environment variable PENSTOCK_INBOX_MAX_ENTRIES), allowed is 1 to 100");
    assertRefused("inbox.max.entries", "many", "1 to 100");
    assertRefused("wait", "5001", "0 to 5000 (ms)");
    assertRefused("on", "yes", "true or false");
    assertRefused("level", "middle", "one of low, high");
    assertRefused("place", "not a uri", "a URI");
  }

  private static void assertRefused(String key, String value, String allowed) {
    assertThatThrownBy(() -> Settings.load(KEYS, null, Map.of(), Map.of(key, value)))
        .isInstanceOf(UserError.class)
        .hasMessage("%s is '%s' (command line), allowed is %s".formatted(key, value, allowed));
  }

  @Test
  void saysHowToSetWhatMustBeSet() {
    Settings settings = Settings.load(KEYS, null, Map.of(), Map.of());

    assertThatThrownBy(() -> settings.get(NAME))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("name must be set", "What it is called.", "PENSTOCK_NAME", "--set name=");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    Path missing = folder.resolve("missing.properties");

    assertThatThrownBy(() -> Settings.load(KEYS, missing, Map.of(), Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void refusesToReadAKeyThatWasNotDeclared() {
    Settings settings = Settings.load(List.of(COUNT), null, Map.of(), Map.of());

    assertThatThrownBy(() -> settings.get(FLAG)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("on");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("settings.properties"), List.of(lines));
  }
}
