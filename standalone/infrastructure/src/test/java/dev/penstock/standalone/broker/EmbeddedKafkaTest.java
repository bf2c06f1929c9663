package dev.penstock.standalone.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An embedded cluster keeps what was written to it, takes transactions, creates no topic by itself, and says in
/// one sentence why it cannot start.
class EmbeddedKafkaTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  @TempDir Path folder;

  @Test
  void keepsCommittedRecordsAndItsFixedPortAcrossARestart() throws Exception {
    Port port = new Port("kafka.port", Port.free().resolve());
    EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(folder).withPort(port);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
      createTopic(kafka, 1);
      writeInTransaction(kafka, "first");
    }

    try (EmbeddedKafka again = EmbeddedKafka.start(settings)) {
      assertThat(again.bootstrapServers()).isEqualTo("127.0.0.1:" + port.number());
      assertThat(read(again)).isEqualTo("first");
    }
  }

  /// Kafka alone loses the markers of such transactions (KAFKA-20734): what comes after them is never seen.
  @Test
  void endsTransactionsThatAKillLeftOpen() throws Exception {
    Process killed = start(IsKilledInATransaction.class, folder.toString());
    assertThat(killed.waitFor()).isEqualTo(IsKilledInATransaction.EXIT_CODE);

    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
      writeInTransaction(kafka, "after");

      Awaitility.await().untilAsserted(() -> assertThat(read(kafka)).isEqualTo("before, after"));
    }
  }

  private static Process start(Class<?> main, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    builder.command().addAll(List.of(arguments));
    return builder.inheritIO().start();
  }

  /// The process that is killed. Its producer has another transactional id, so that nobody but the broker can end its
  /// transaction.
  static final class IsKilledInATransaction {
    static final int EXIT_CODE = 9;

    public static void main(String[] arguments) throws Exception {
      EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(Path.of(arguments[0])));
      createTopic(kafka, 1);
      writeInTransaction(kafka, "before");
      var producer = kafka.clients().producer(Map.of("transactional.id", "killed", "transaction.timeout.ms", "1000"));
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(PARTITION.topic(), "never seen".getBytes(UTF_8))).get();
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  @Test
  void threeNodesGoOnWhileOneIsStopped() throws Exception {
    // A node is let in again when the session of its predecessor has ended.
    EmbeddedKafkaSettings three =
        EmbeddedKafkaSettings.in(folder)
            .withNodes(3)
            .with("broker.session.timeout.ms", "2000")
            .with("broker.heartbeat.interval.ms", "500");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(three)) {
      createTopic(kafka, 3);
      writeInTransaction(kafka, "with all");

      kafka.stopNode(2);
      writeInTransaction(kafka, "without node 2");
      kafka.startNode(2);

      assertThat(read(kafka)).isEqualTo("with all, without node 2");
      try (Admin admin = kafka.clients().admin()) {
        Awaitility.await().until(() -> admin.describeCluster().nodes().get().size() == 3);
      }
    }
  }

  @Test
  void createsNoTopicByItself() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
        Admin admin = kafka.clients().admin()) {
      try (var consumer = kafka.clients().consumer(Map.of("allow.auto.create.topics", "true"))) {
        consumer.assign(List.of(PARTITION));
        consumer.poll(Duration.ofMillis(300));
      }

      assertThatThrownBy(() -> admin.describeTopics(List.of("t")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void namesThePortAndTheKeyWhenThePortIsInUse() throws Exception {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getByName(Port.HOST), 0));
      Port taken = new Port("kafka.port", other.getLocalPort());

      assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder).withPort(taken)))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll("kafka.port", Integer.toString(other.getLocalPort()));
    }
  }

  @Test
  void refusesAFolderThatIsInUse() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
      assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)))
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll(folder.toString(), "in use by process");
      assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
    }
  }

  @Test
  void refusesTheFolderOfAClusterOfAnotherSize() throws Exception {
    ClusterFolder.open(folder, 1).close();

    assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder).withNodes(3)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("belongs to a Kafka cluster of 1 nodes, not of 3");
  }

  private static void createTopic(EmbeddedKafka kafka, int replicas) throws Exception {
    try (Admin admin = kafka.clients().admin()) {
      admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) replicas))).all().get();
    }
  }

  private static void writeInTransaction(EmbeddedKafka kafka, String value) throws Exception {
    try (var producer = kafka.clients().producer(Map.of("transactional.id", "test"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(PARTITION.topic(), value.getBytes(UTF_8))).get();
      producer.commitTransaction();
    }
  }

  /// Everything that is committed before the end offset of now.
  private static String read(EmbeddedKafka kafka) {
    try (var consumer = kafka.clients().consumer(Map.of())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
      List<String> values = new ArrayList<>();
      while (consumer.position(PARTITION) < end)
        consumer.poll(Duration.ofMillis(100)).forEach(polled -> values.add(new String(polled.value(), UTF_8)));
      return String.join(", ", values);
    }
  }
}
