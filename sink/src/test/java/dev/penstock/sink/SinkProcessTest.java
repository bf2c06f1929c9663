package dev.penstock.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.runtime.cli.Penstock;
import dev.penstock.sink.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `penstock sink` as a process: killed at any moment and started again, it loses nothing and stores nothing twice;
/// asked to end, it ends in order.
class SinkProcessTest {

  private static final int PROMPTS = 3_000;
  private static final int KILLS = 3;

  @TempDir Path folder;

  TestCluster cluster;
  DatabaseSettings database;
  Jdbi sql;
  int starts;

  @BeforeEach
  void open() throws Exception {
    cluster = new TestCluster(folder.resolve("kafka"));
    cluster.createTopics();
    database = TestPostgres.newDatabase();
    sql = TestPostgres.jdbi(database);
  }

  @AfterEach
  void close() throws IOException {
    cluster.close();
  }

  @Test
  void killedAtRandomMomentsItStoresEverythingOnceAndEndsInOrderWhenAsked() throws Exception {
    long seed = System.nanoTime();
    System.out.println("kills at random moments of seed " + seed);
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Process sink = start();
      long before = rows("content");
      cluster.commit("kill" + kill + "-", PROMPTS / KILLS / 2);
      long until = before + random.nextInt(PROMPTS / KILLS / 2);
      await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2)).until(() -> rows("content") >= until);
      sink.destroyForcibly().waitFor();
      cluster.commit("gap" + kill + "-", PROMPTS / KILLS / 2);
    }

    Process last = start();
    Map<TopicPartition, Long> ends = cluster.ends();
    await().atMost(Duration.ofSeconds(60)).until(() -> stored().equals(ends));
    assertThat(rows("content")).isEqualTo(PROMPTS);
    assertThat(rows("outcome")).isEqualTo(PROMPTS);
    assertThat(rows("unreadable")).isZero();

    last.destroy();
    assertThat(last.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).isZero();
    assertThat(output()).contains("sink: console at http://127.0.0.1:").doesNotContain("Exception");
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(Penstock.class.getName(), "sink"));
    Map<String, String> set = new HashMap<>();
    set.put("kafka.bootstrap.servers", String.valueOf(cluster.clients().common().get("bootstrap.servers")));
    set.put("schema.registry.url", cluster.registryUrl());
    set.put("object.store.uri", folder.resolve("objects").toUri().toString());
    set.put("export.folder", "off");
    set.put("database.url", database.url());
    set.put("database.user", database.user());
    set.put("sink.instance.id", "one");
    set.put("console.port", "0");
    set.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("sink" + starts++ + ".log").toFile())
        .start();
  }

  /// Of the last start.
  private String output() throws IOException {
    return Files.readString(folder.resolve("sink" + (starts - 1) + ".log"));
  }

  private long rows(String table) {
    return sql.withHandle(h -> h.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private Map<TopicPartition, Long> stored() {
    Map<TopicPartition, Long> stored = new HashMap<>();
    sql.useHandle(
        h ->
            h.createQuery("select topic, partition, next_offset from kafka_offsets")
                .map(
                    (row, context) ->
                        stored.put(
                            new TopicPartition(row.getString("topic"), row.getInt("partition")),
                            row.getLong("next_offset")))
                .list());
    return stored;
  }
}
