package dev.penstock.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.runtime.UserError;
import dev.penstock.schemas.framing.RegistryAccess;
import dev.penstock.sink.console.ConsoleSettings;
import dev.penstock.sink.database.DatabaseSettings;
import dev.penstock.sink.flow.Count;
import dev.penstock.standalone.infrastructure.Port;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole service on a real broker, registry and database: it stores what transactions commit and nothing that
/// they abort, waits for what is away, shares partitions, and refuses a database it does not understand.
class SinkServiceTest {

  /// Long enough for a machine that does ten other things.
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir static Path clusterFolder;
  static TestCluster cluster;

  @TempDir Path folder;

  final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  DatabaseSettings database;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = new TestCluster(clusterFolder);
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void open() throws Exception {
    database = TestPostgres.newDatabase();
    cluster.createTopics();
  }

  @Test
  void storesWhatIsCommittedAndNothingThatIsAborted() throws Exception {
    cluster.abort("aborted", 3);
    cluster.commit("committed", 1);

    try (SinkService sink = start(database)) {
      await().atMost(PATIENCE).until(() -> rows("outcome") == 1 && rows("content") == 1);
      assertThat(sink.isReady()).isTrue();
      assertThat(sink.status()).containsEntry("rows.added", 2L).containsEntry("duplicates", 0L);
      assertThat(databaseStandsAtTheEndOfTheLog()).isTrue();
      assertThat(page(sink.consoleUri())).contains("words of committed").doesNotContain("words of aborted");
    }
  }

  @Test
  void twoSinksShareThePartitionsAndOneGoesOnAlone() throws Exception {
    try (SinkService second = start(database)) {
      SinkService first = start(database);
      cluster.commit("a", 60);
      await().atMost(PATIENCE).until(() -> rows("content") == 60);
      first.close();
      cluster.commit("b", 60);
      await().atMost(PATIENCE).until(() -> rows("content") == 120 && rows("outcome") == 120);

      long added = first.counts().of(Count.ROWS_ADDED) + second.counts().of(Count.ROWS_ADDED);
      assertThat(added).isEqualTo(240);
      assertThat(first.counts().of(Count.DUPLICATES) + second.counts().of(Count.DUPLICATES)).isZero();
    }
  }

  @Test
  void waitsForADatabaseThatStartsLaterAndComesBackAfterAStop() throws Exception {
    int port = Port.free().resolve();
    Path data = folder.resolve("postgres");
    DatabaseSettings settings =
        new DatabaseSettings("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postgres", "");
    cluster.commit("before", 1);
    CompletableFuture<SinkService> starting = CompletableFuture.supplyAsync(() -> start(settings));
    await().atMost(PATIENCE).until(() -> printed().contains("waiting for database jdbc:postgresql://127.0.0.1"));

    EmbeddedPostgres postgres = postgres(port, data);
    try (SinkService sink = starting.join()) {
      await().atMost(PATIENCE).until(() -> rows(settings, "content") == 1);
      postgres.close();
      cluster.commit("away", 20);
      await().atMost(PATIENCE).until(() -> printed().contains("sink: waiting for the database"));

      postgres = postgres(port, data);
      await().atMost(PATIENCE).until(() -> rows(settings, "content") == 21);
      assertThat(printed()).contains("sink: going on");
      assertThat(sink.counts().of(Count.DUPLICATES)).isZero();
      assertThat(sink.counts().of(Count.ROWS_ADDED)).isEqualTo(42);
    } finally {
      postgres.close();
    }
  }

  @Test
  void waitsForTopicsThatDoNotExistYet() throws Exception {
    cluster.deleteTopics();
    CompletableFuture<SinkService> starting = CompletableFuture.supplyAsync(() -> start(database));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(printed())
                    .contains("topic penstock.content.v1 does not exist yet; generator-stream creates it"));

    cluster.createTopics();
    cluster.commit("p", 1);
    try (SinkService sink = starting.join()) {
      await().atMost(PATIENCE).until(() -> sink.counts().of(Count.ROWS_ADDED) == 2);
    }
  }

  @Test
  void refusesADatabaseOfANewerVersionInOneSentence() {
    TestPostgres.jdbi(database)
        .useHandle(
            h ->
                h.execute(
                    "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, true)"));

    assertThatThrownBy(() -> start(database))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("schema version 99", "newer than this program knows");
  }

  @Test
  void refusesAWrongLoginWithoutPrintingThePassword() {
    DatabaseSettings stranger = new DatabaseSettings(database.url().replaceAll("user=[^&]*", "user=stranger"), "stranger", "secret-word");

    assertThatThrownBy(() -> start(stranger))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("refuses user stranger")
        .hasMessageNotContaining("secret-word");
    assertThat(stranger.toString()).doesNotContain("secret-word");
  }

  private SinkService start(DatabaseSettings settings) {
    SinkSettings all =
        new SinkSettings(
            cluster.clients(),
            "sink-of-" + folder.getFileName(),
            "",
            RegistryAccess.at(cluster.registryUrl()),
            folder.resolve("objects").toUri(),
            "off",
            settings,
            new ConsoleSettings("127.0.0.1", 0, ""),
            Duration.ofMinutes(2));
    SinkService sink = new SinkService(all, new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      sink.start();
      return sink;
    } catch (InterruptedException | RuntimeException e) {
      sink.close();
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
  }

  private static EmbeddedPostgres postgres(int port, Path data) throws IOException {
    return EmbeddedPostgres.builder().setPort(port).setDataDirectory(data).setCleanDataDirectory(false).start();
  }

  private long rows(String table) {
    return rows(database, table);
  }

  private static long rows(DatabaseSettings settings, String table) {
    Jdbi jdbi = TestPostgres.jdbi(settings);
    return jdbi.withHandle(h -> h.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private static String page(URI console) throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      return http.send(
              java.net.http.HttpRequest.newBuilder(console).build(),
              java.net.http.HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /// Also past the markers of transactions, so that nobody sees lag where there is none.
  private boolean databaseStandsAtTheEndOfTheLog() throws Exception {
    Map<TopicPartition, Long> ends = cluster.ends();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).isEqualTo(ends));
    return true;
  }

  private Map<TopicPartition, Long> stored() {
    return TestPostgres.jdbi(database)
        .withHandle(
            h ->
                h.createQuery("select topic, partition, next_offset from kafka_offsets")
                    .map(
                        (row, context) ->
                            Map.entry(
                                new TopicPartition(row.getString("topic"), row.getInt("partition")),
                                row.getLong("next_offset")))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private String printed() {
    return lines.toString(StandardCharsets.UTF_8);
  }
}
