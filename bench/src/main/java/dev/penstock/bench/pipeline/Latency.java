package dev.penstock.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/// From sending a prompt to reading its committed content, ten a second, with a generator of 50 ms; beside the plain
/// topology with a commit for each record.
record Latency(Cluster cluster, Path folder, Path manifest, RunLog log) {

  private static final Duration GENERATION = Duration.ofMillis(50);
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  Figures run(boolean quick) throws Exception {
    int prompts = quick ? 40 : 200;
    int rounds = quick ? 1 : 3;
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      double plain = plain("latency-plain-" + round, prompts);
      double ours = ours("latency-ours-" + round, prompts);
      ratios[round] = (ours - GENERATION.toMillis()) / plain;
      log.line(
          "latency round %d: plain p50 %.1f ms, ours p50 %.1f ms with a generation of %d ms, ratio %.3f",
          round + 1, plain, ours, GENERATION.toMillis(), ratios[round]);
    }
    return new Figures().put("latency_overhead_ratio", Figures.median(ratios));
  }

  private double plain(String name, int prompts) throws Exception {
    cluster.createTopics(name + "-in", name + "-out", name + "-out-2");
    try (KafkaConsumer<byte[], byte[]> reader = cluster.readerAtEnd(name + "-out");
        StreamUnderLoad stream =
            StreamUnderLoad.plain(cluster, folder, name, Recoding.sameRecords(cluster.schemas()), null)) {
      return p50(reader, stream, prompts);
    }
  }

  private double ours(String name, int prompts) throws Exception {
    cluster.createTopics("penstock.prompts." + name + ".v1");
    try (KafkaConsumer<byte[], byte[]> reader = cluster.readerAtEnd("penstock.content.v1");
        StreamUnderLoad stream = StreamUnderLoad.ours(cluster, folder, name, 16, GENERATION, manifest)) {
      return p50(reader, stream, prompts);
    }
  }

  /// The median in milliseconds; the first fifth warms up.
  private double p50(KafkaConsumer<byte[], byte[]> reader, StreamUnderLoad stream, int prompts) throws Exception {
    Map<String, Long> sent = new ConcurrentHashMap<>();
    Thread sender = Thread.ofPlatform().name("bench-sender").start(() -> send(stream, prompts, sent));
    double[] millis = new double[prompts];
    int received = 0;
    long giveUp = System.nanoTime() + BETWEEN.multipliedBy(prompts).plus(PATIENCE).toNanos();
    while (received < prompts) {
      if (System.nanoTime() - giveUp > 0)
        throw new IllegalStateException("%d of %d results of %s came; %s"
                .formatted(received, prompts, stream.from(), stream.state().get()));
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        String key = new String(record.key(), UTF_8);
        int number = Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
        millis[number] = (System.nanoTime() - sent.get(key)) / 1e6;
        received++;
      }
    }
    sender.join();
    return Figures.median(Arrays.copyOfRange(millis, prompts / 5, prompts));
  }

  private void send(StreamUnderLoad stream, int prompts, Map<String, Long> sent) {
    var serializer = cluster.prompts();
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < prompts; i++) {
        Thread.sleep(BETWEEN);
        String id = stream.from() + "/" + i;
        sent.put(id, System.nanoTime());
        producer.send(cluster.prompt(serializer, stream.from(), id));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
