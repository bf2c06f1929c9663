package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generatorstream.GeneratorStreamRights;
import dev.penstock.producer.ProducerRights;
import dev.penstock.runtime.kafka.Right;
import dev.penstock.sink.SinkRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

/// The table in `docs/security.md` has the rights that the services ask for. `-Dpenstock.regenerate=true` writes it instead.
class SecurityPageTest {

  private static final Path PAGE = Path.of("..", "docs", "security.md");

  @Test
  void thePageHasTodaysRights() throws IOException {
    StringBuilder table = new StringBuilder("| service | resource | operation | what for |\n|---|---|---|---|\n");
    rows(table, "producer", ProducerRights.all());
    rows(table, "generator-stream", GeneratorStreamRights.of("", "penstock-generator-stream"));
    rows(table, "sink", SinkRights.of("penstock-sink"));
    String page = Files.readString(PAGE);
    int from = page.indexOf("-->\n", page.indexOf("<!-- rights")) + 4;
    int to = page.indexOf("<!-- end -->", from);
    if (Boolean.getBoolean("penstock.regenerate"))
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    else assertThat(page.substring(from, to)).as("run with -Dpenstock.regenerate=true").isEqualTo(table.toString());
  }

  private static void rows(StringBuilder table, String service, List<Right> rights) {
    for (Right right : rights)
      table.append(
          "| %s | %s `%s` | %s | %s |%n"
              .formatted(
                  service,
                  right.type().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                      + (right.pattern() == PatternType.PREFIXED ? "s that begin with" : ""),
                  right.name(),
                  right.operation(),
                  right.purpose()));
  }
}
