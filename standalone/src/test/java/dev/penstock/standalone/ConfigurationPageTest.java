package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import dev.penstock.runtime.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table in `docs/configuration.md` has every key of every service, and no two keys share a name or a variable.
/// `-Dpenstock.regenerate=true` writes it instead.
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void thePageHasTodaysKeys() throws IOException {
    StringBuilder table = new StringBuilder("| key | default | allowed | services | purpose |\n|---|---|---|---|---|\n");
    for (Key<?> key : ServiceKeys.everyKey())
      table.append(
          "| `%s` | %s | %s%s | %s | %s |%n"
              .formatted(key.name(), fallback(key), key.allowed(), key.isSecret() ? ", secret" : "", services(key), key.purpose()));
    String page = Files.readString(PAGE);
    int from = page.indexOf("-->\n", page.indexOf("<!-- keys")) + 4;
    int to = page.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("penstock.regenerate"))
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    else assertThat(page.substring(from, to)).as("run with -Dpenstock.regenerate=true").isEqualTo(table.toString());
  }

  @Test
  void everyServiceIsThere() {
    assertThat(ServiceKeys.all().stream().map(ServiceKeys::service))
        .containsExactly("console", "generator-stream", "producer", "sink", "up");
  }

  @Test
  void noTwoKeysShareANameOrAVariable() {
    List<Key<?>> keys = ServiceKeys.everyKey();

    assertThat(keys).extracting(Key::name).doesNotHaveDuplicates();
    assertThat(keys).extracting(key -> Settings.environmentName(key.name())).doesNotHaveDuplicates();
  }

  private static String fallback(Key<?> key) {
    if (key.fallback() == null || key.fallback().isEmpty()) return "";
    return "`" + key.fallback().replace(System.getProperty("user.home"), "~") + "`";
  }

  /// `up` has all of them.
  private static String services(Key<?> key) {
    return ServiceKeys.all().stream()
        .filter(service -> service.keys().contains(key))
        .map(ServiceKeys::service)
        .collect(Collectors.joining(", "));
  }
}
