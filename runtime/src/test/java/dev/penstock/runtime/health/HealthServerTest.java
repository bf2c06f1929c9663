package dev.penstock.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Probes as an orchestrator asks them.
class HealthServerTest {

  @ParameterizedTest
  @CsvSource({"true,200,ready", "false,503,not ready"})
  void isReadyWhenTheServiceDoesItsWork(boolean ready, int code, String status) throws Exception {
    try (HealthServer health = new HealthServer(0, new AtomicBoolean(ready)::get, Map::of)) {
      HttpResponse<String> response = get(health, "/health/ready");

      assertThat(response.statusCode()).isEqualTo(code);
      assertThat(response.body()).isEqualTo("{\"status\":\"" + status + "\"}");
      assertThat(get(health, "/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void showsFiguresAsJson() throws Exception {
    try (HealthServer health = new HealthServer(0, () -> true, () -> Map.of("inboxEntries", 3))) {
      assertThat(get(health, "/status").body()).isEqualTo("{\"inboxEntries\":3}");
    }
  }

  @Test
  void isReachedOverLoopbackOnly() throws Exception {
    try (HealthServer health = new HealthServer(0, () -> true, Map::of)) {
      for (InetAddress address : NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList())
        if (!address.isLoopbackAddress())
          Assertions.assertThatThrownBy(() -> new Socket(address, health.port()).close())
              .as("connecting to %s", address)
              .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void theProbeOfContainersSaysWhetherItIsReady() throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    int port;
    try (HealthServer health = new HealthServer(0, ready::get, Map::of)) {
      port = health.port();
      Assertions.assertThat(Probe.isReady(port)).isFalse();
      ready.set(true);
      Assertions.assertThat(Probe.isReady(port)).isTrue();
    }
    Assertions.assertThat(Probe.isReady(port)).isFalse();
  }

  @Test
  void namesThePortThatIsInUse() throws Exception {
    try (HealthServer first = new HealthServer(0, () -> true, Map::of)) {
      Assertions.assertThatThrownBy(() -> new HealthServer(first.port(), () -> true, Map::of))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("health.port is " + first.port() + ", which another program listens on");
    }
  }

  private static HttpResponse<String> get(HealthServer health, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(health.port(), path));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
