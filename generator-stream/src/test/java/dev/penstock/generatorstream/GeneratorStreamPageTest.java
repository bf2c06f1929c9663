package dev.penstock.generatorstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The table of settings in `docs/generator-stream.md` says what the code does. `-Dpenstock.regenerate=true` writes it
/// instead.
class GeneratorStreamPageTest {

  private static final Path PAGE = Path.of("..", "docs", "generator-stream.md");

  @Test
  void thePageHasTodaysKeys() throws IOException {
    StringBuilder table = new StringBuilder("| key | default | allowed | purpose |\n|---|---|---|---|\n");
    for (Key<?> key : GeneratorStreamConfig.keys()) {
      String fallback = key.fallback() == null || key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
      table.append("| `%s` | %s | %s | %s |%n".formatted(key.name(), fallback, key.allowed(), key.purpose()));
    }
    String page = Files.readString(PAGE);
    int from = page.indexOf("-->\n", page.indexOf("<!-- keys")) + 4;
    int to = page.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("penstock.regenerate"))
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    else assertThat(page.substring(from, to)).as("run with -Dpenstock.regenerate=true").isEqualTo(table.toString());
  }
}
