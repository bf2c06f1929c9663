package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.cli.Penstock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `penstock config` says what is in force and why, and shows no secret.
class ConfigCommandTest {

  @TempDir Path folder;

  private final StringWriter printed = new StringWriter();

  @Test
  void printsEveryKeyWithItsValueAndItsOrigin() throws IOException {
    Path common = file("common.properties", "database.url=jdbc:postgresql://db/first", "inbox.window=7");
    Path own = file("sink.properties", "database.url=jdbc:postgresql://db/second");

    int code = run("config", "sink", "--config", common.toString(), "--config", own.toString(), "--set", "sink.group=two");

    assertThat(code).isZero();
    assertThat(printed.toString())
        .contains("database.url=jdbc:postgresql://db/second  (%s)".formatted(own))
        .contains("sink.group=two  (command line)")
        .contains("console.port=8090  (default)")
        // Another service's key in a shared file.
        .doesNotContain("inbox.window");
  }

  @Test
  void masksSecretsWhereverTheyAreWritten() throws IOException {
    Path secrets = file("secrets.properties", "database=the-hidden-one");
    Path settings =
        file(
            "settings.properties",
            "database.password=${file:%s:database}".formatted(secrets),
            "database.url=jdbc:postgresql://db/x?sslpassword=the-hidden-two",
            "schema.registry.url=https://me:the-hidden-three@registry/",
            "schema.registry.password=the-hidden-four",
            "kafka.sasl.jaas.config=X required username=\"u\" password=\"the-hidden-five\";",
            "kafka.ssl.keystore.key=the-hidden-six",
            "kafka.ssl.key.password=the-hidden-seven",
            "kafka.ssl.truststore.location=/etc/ca.pem");

    int code = run("config", "sink", "--config", settings.toString());

    assertThat(code).isZero();
    assertThat(printed.toString())
        .doesNotContain("the-hidden")
        .contains("database.password=${file:%s:database}".formatted(secrets))
        .contains("kafka.ssl.truststore.location=/etc/ca.pem")
        .contains("kafka.sasl.jaas.config=********");
  }

  @Test
  void refusesAKeyOfNoServiceByItsName() throws IOException {
    int code = run("config", "sink", "--config", file("f.properties", "inbox.windows=7").toString());

    assertThat(code).isEqualTo(1);
    assertThat(printed.toString()).contains("unknown key inbox.windows (" + folder);
  }

  @Test
  void refusesAServiceThatIsNone() {
    assertThat(run("config", "consumer")).isEqualTo(1);
    assertThat(printed.toString()).contains("there is no service consumer; there are console, generator-stream,");
  }

  @Test
  void saysWhatMayBeSet() {
    assertThat(run("config", "console", "--keys")).isZero();
    assertThat(printed.toString()).contains("console.port (PENSTOCK_CONSOLE_PORT): The console's port");
  }

  private int run(String... arguments) {
    CommandLine line = Penstock.commandLine();
    line.setOut(new PrintWriter(printed));
    line.setErr(new PrintWriter(printed));
    return line.execute(arguments);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), java.util.List.of(lines));
  }
}
