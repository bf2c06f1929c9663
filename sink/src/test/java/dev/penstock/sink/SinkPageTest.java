package dev.penstock.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.config.Key;
import dev.penstock.sink.flow.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The tables in `docs/sink.md` say what the code does. `-Dpenstock.regenerate=true` writes them instead.
class SinkPageTest {

  private static final Path PAGE = Path.of("..", "docs", "sink.md");

  @Test
  void thePageHasTodaysKeys() throws IOException {
    StringBuilder table = new StringBuilder("| key | default | allowed | purpose |\n|---|---|---|---|\n");
    for (Key<?> key : SinkSettings.keys())
      table.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  key.name(),
                  key.fallback() == null || key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                  key.allowed(),
                  key.purpose()));
    check("keys", table.toString());
  }

  @Test
  void thePageHasTodaysCounts() throws IOException {
    StringBuilder table = new StringBuilder("| count | meaning |\n|---|---|\n");
    for (Count count : Count.values()) table.append("| `%s` | %s |%n".formatted(count.key(), count.meaning()));
    check("counts", table.toString());
  }

  private static void check(String name, String table) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("-->\n", page.indexOf("<!-- " + name)) + 4;
    int to = page.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("penstock.regenerate"))
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    else
      assertThat(page.substring(from, to))
          .as("write it with: ./penstock test -pl sink -Dpenstock.regenerate=true")
          .isEqualTo(table);
  }
}
