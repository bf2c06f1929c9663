package dev.penstock.systemtests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.chaos.guarantee.Account;
import dev.penstock.chaos.guarantee.AllCompleted;
import dev.penstock.chaos.guarantee.ContentAsNamed;
import dev.penstock.chaos.guarantee.EverythingInItsPlace;
import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.chaos.process.ProgramProcess;
import dev.penstock.runtime.kafka.Right;
import dev.penstock.schemas.Topic;
import dev.penstock.systemtests.rig.PythonEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Process for each service beside a company's cluster: three brokers with SASL_SSL and rights, Apicurio, PostgreSQL, three
/// instances of generator-stream. The demo's campaign passes from a Python client, from the command line and a prompt over
/// HTTP; one instance is killed meanwhile and replaced by another; the account recounted from the topics is exact, and the
/// database has every outcome once.
class ServicesOneByOneTest {

  private static final Path HOME = Path.of(System.getenv("PENSTOCK_HOME"));
  private static final Path PYTHON = HOME.resolve("examples/python");
  private static final Path CAMPAIGN = HOME.resolve("examples/campaign.csv");
  private static final int ROWS = 24;

  @TempDir Path folder;

  @Test
  void theCampaignPassesFromEveryClientWhileAnInstanceIsKilledAndReplaced() throws Exception {
    PythonEnvironment python = PythonEnvironment.with(PYTHON.resolve("requirements.txt"));
    try (CompanySite site = new CompanySite(folder)) {
      site.admit("client", clientRights());
      List<GeneratorInstance> instances = Stream.of("one", "two", "three").map(site::generator).toList();
      instances.forEach(GeneratorInstance::start);
      instances.getFirst().awaitReady();
      ProgramProcess producer = site.start("producer", site.settings("producer", Map.of("http.port", "0")));
      ProgramProcess sink = site.start("sink", site.settings("sink", site.sink()));
      ProgramProcess console = site.start("console", site.settings("sink", site.console()));
      instances.forEach(GeneratorInstance::awaitReady);
      URI intake = awaitAddress(producer, "prompts at (http://\\S+)");
      awaitReady(sink);
      URI shown = awaitAddress(console, "console: at (http://\\S+)");

      CompletableFuture<PythonEnvironment.Result> fromPython =
          CompletableFuture.supplyAsync(() -> campaignFromPython(python, site));
      ProgramProcess fromCommandLine = campaignFromCommandLine(site);
      assertThat(post(intake).statusCode()).isEqualTo(202);
      instances.get(1).awaitStatus("works", status -> status.inboxEntries() > 0);
      instances.get(1).process().kill();
      site.generator("four").start();

      assertThat(fromCommandLine.awaitExit()).as(fromCommandLine.output()).isZero();
      assertThat(fromPython.join().exitCode()).as(fromPython.join().output()).isZero();
      assertThat(fromPython.join().output()).contains(ROWS + " COMPLETED");
      account(site);
      await("the sink has every outcome").atMost(Patience.FOR_WORK).until(() -> rows(site, "outcome") == 2 * ROWS + 1);
      assertThat(rows(site, "unreadable")).isZero();
      assertThat(get(shown.resolve("/api/content?limit=5"))).contains("contentId");
      endInOrder(List.of(producer, sink, console));
      assertThat(Stream.of(producer, sink, console, instances.getFirst().process()).map(ProgramProcess::output))
          .noneMatch(output -> output.contains("the-word-of-") || output.contains(site.database().password()));
    }
  }

  /// What a client needs that sends prompts and reads answers; Confluent's Python client asks for its group, too.
  private static List<Right> clientRights() {
    return List.of(
        Right.topic(Topic.PROMPTS.topicName(), AclOperation.WRITE, ""),
        Right.topic(Topic.CONTENT.topicName(), AclOperation.READ, ""),
        Right.topic(Topic.OUTCOMES.topicName(), AclOperation.READ, ""),
        Right.group("penstock-example", ""));
  }

  private PythonEnvironment.Result campaignFromPython(PythonEnvironment python, CompanySite site) {
    try {
      Path client =
          Files.writeString(
              folder.resolve("client.librdkafka"),
              "security.protocol=SASL_SSL%nsasl.mechanism=SCRAM-SHA-512%nsasl.username=client%nsasl.password=%s%nssl.ca.location=%s%n"
                  .formatted(CompanySite.password("client"), site.authorities()));
      return python.run(
          PYTHON.resolve("campaign.py").toString(), CAMPAIGN.toString(), "--rate", "4",
          "--bootstrap-servers", site.servers(), "--schema-registry", site.registryUrl(), "--client-config", client.toString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private ProgramProcess campaignFromCommandLine(CompanySite site) throws Exception {
    Path settings = site.settings("client", Map.of());
    return site.start("campaign", settings, CAMPAIGN.toString(), "--rate", "4");
  }

  private static void account(CompanySite site) {
    try (Recount recount = new Recount(site.administratorServers(), site.registryUrl())) {
      Account account = recount.awaitEnd(Patience.FOR_WORK);
      assertThat(account.prompts()).hasSize(2 * ROWS + 1);
      account.mustHold(
          new NothingLost(), new NothingTwice(), new EverythingInItsPlace(), new ContentAsNamed(), new AllCompleted());
    }
  }

  private static long rows(CompanySite site, String table) throws Exception {
    var database = site.database();
    try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from penstock." + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void endInOrder(List<ProgramProcess> services) {
    for (ProgramProcess service : services) assertThat(service.terminate()).as(service.output()).isZero();
  }

  private static URI awaitAddress(ProgramProcess process, String line) {
    Pattern pattern = Pattern.compile(line);
    await(line)
        .atMost(Patience.FOR_A_PROCESS)
        .failFast("the process ended by itself", () -> !process.isAlive())
        .until(() -> pattern.matcher(process.output()).find());
    Matcher found = pattern.matcher(process.output());
    assertThat(found.find()).isTrue();
    return URI.create(found.group(1));
  }

  private static void awaitReady(ProgramProcess sink) {
    URI health = awaitAddress(sink, "health at (http://[^/\\s]+)");
    await("the sink is ready").atMost(Patience.FOR_A_PROCESS).ignoreExceptions().until(
        () -> send(HttpRequest.newBuilder(health.resolve("/health/ready")).build()).statusCode() == 200);
  }

  private static HttpResponse<String> post(URI intake) throws Exception {
    return send(
        HttpRequest.newBuilder(intake)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"Write one short advertising slogan for a boot.\"}"))
            .build());
  }

  private static String get(URI address) throws Exception {
    return send(HttpRequest.newBuilder(address).build()).body();
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
