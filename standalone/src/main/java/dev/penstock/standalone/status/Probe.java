package dev.penstock.standalone.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.producer.cli.Cluster;
import dev.penstock.runtime.health.Announcement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/// Looks at a cluster: its groups and its outcomes topic, and the instances of this machine. One thread.
final class Probe implements AutoCloseable {

  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final List<URI> named;
  private final Admin admin;
  private final OutcomeRate rate;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ONE_ANSWER).build();

  /// @param named addresses of health endpoints beside those that are announced on this machine
  Probe(Cluster cluster, List<URI> named) {
    this.cluster = cluster;
    this.named = List.copyOf(named);
    this.rate = new OutcomeRate(cluster);
    this.admin = cluster.clients().impatient().admin();
  }

  Snapshot look() throws IOException, InterruptedException {
    Instant now = Instant.now();
    return new Snapshot(
        now, cluster.servers(), instances(), new Groups(admin).partitions(), rate.perSecond(now));
  }

  private List<Instance> instances() throws IOException, InterruptedException {
    List<URI> addresses = new ArrayList<>(named);
    addresses.addAll(Announcement.all(Announcement.folder(System.getenv())));
    List<Instance> instances = new ArrayList<>();
    String here = new Groups(admin).clusterId();
    for (URI address : addresses.stream().distinct().toList())
      ask(address)
          .filter(instance -> instance.cluster().equals(here) || instance.cluster().isEmpty())
          .ifPresent(instances::add);
    instances.sort(Comparator.comparing(Instance::name));
    return instances;
  }

  /// Empty if it does not answer: it is starting, or ending.
  private Optional<Instance> ask(URI address) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve("/status")).timeout(ONE_ANSWER).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(Instance.parse(JSON.readTree(answer.body())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    http.close();
    admin.close();
    rate.close();
  }
}
