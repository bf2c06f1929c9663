package dev.penstock.systemtests.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.chaos.process.Patience;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Apicurio's schema registry as a process of its own, its schemas in memory; the build unpacks it to
/// `target/apicurio`. Its level is FULL_TRANSITIVE: of itself it takes everything.
public final class Apicurio implements AutoCloseable {

  private static final Path UNPACKED = Path.of("target", "apicurio").toAbsolutePath();

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private Apicurio(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Returns when it takes requests.
  ///
  /// @param folder for its log
  public static Apicurio start(Path folder) throws IOException {
    List<Integer> ports = Port.resolveAll(List.of(Port.free(), Port.free()));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", "quarkus-run.jar");
    builder.directory(UNPACKED.toFile());
    builder.environment().put("QUARKUS_HTTP_HOST", Port.HOST);
    builder.environment().put("QUARKUS_HTTP_PORT", ports.getFirst().toString());
    builder.environment().put("QUARKUS_MANAGEMENT_HOST", Port.HOST);
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", ports.getLast().toString());
    Path log = Files.createDirectories(folder).resolve("apicurio.log");
    Apicurio apicurio =
        new Apicurio(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), ports.getFirst());
    try {
      await("Apicurio is ready").atMost(Patience.FOR_A_PROCESS).ignoreExceptions().until(apicurio::isReady);
      apicurio.askForFullCompatibility();
      return apicurio;
    } catch (RuntimeException | IOException e) {
      apicurio.close();
      throw e;
    }
  }

  /// The root of Confluent's API.
  public String url() {
    return root() + "/apis/ccompat/v7";
  }

  /// Where there is no such API.
  public String root() {
    return "http://%s:%d".formatted(Port.HOST, port);
  }

  private boolean isReady() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/subjects")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
  }

  private void askForFullCompatibility() throws IOException {
    assertThat(put("/config", "{\"compatibility\":\"FULL_TRANSITIVE\"}")).contains("FULL_TRANSITIVE");
  }

  /// @return the answer's body
  public String put(String path, String json) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Apicurio was asked", e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroyForcibly();
    process.onExit().join();
  }
}
