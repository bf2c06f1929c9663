package dev.penstock.bench.pipeline;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Preloaded prompts through an instant generator, beside the plain topology with the same commit policy.
record Passthrough(Cluster cluster, Path folder, Path manifest, RunLog log) {

  private static final int SLOTS = 64;
  private static final long COMMIT_EVERY_NANOS = 10_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  Figures run(boolean quick) throws Exception {
    int prompts = quick ? 5_000 : 40_000;
    int rounds = quick ? 2 : 5;
    double[] ratios = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      String suffix = round < 0 ? "warm" : Integer.toString(round);
      double plain = plain("pass-plain-" + suffix, prompts);
      double ours = ours("pass-ours-" + suffix, prompts);
      if (round < 0) continue;
      ratios[round] = ours / plain;
      log.line(
          "passthrough round %d: plain %.0f records/s, ours %.0f records/s, ratio %.3f",
          round + 1, plain, ours, ratios[round]);
    }
    return new Figures().put("passthrough_vs_streams", Figures.median(ratios));
  }

  private double plain(String name, int prompts) throws Exception {
    cluster.createTopics(name + "-in", name + "-out");
    load(name + "-in", prompts);
    try (KafkaConsumer<byte[], byte[]> reader = cluster.readerAtEnd(name + "-out");
        StreamUnderLoad stream = StreamUnderLoad.plain(cluster, folder, name, COMMIT_EVERY_NANOS)) {
      return drain(reader, prompts, stream);
    }
  }

  private double ours(String name, int prompts) throws Exception {
    String from = "penstock.prompts." + name + ".v1";
    cluster.createTopics(from);
    load(from, prompts);
    try (KafkaConsumer<byte[], byte[]> reader = cluster.readerAtEnd("penstock.content.v1");
        StreamUnderLoad stream =
            StreamUnderLoad.ours(cluster, folder, name, SLOTS, Duration.ZERO, manifest)) {
      return drain(reader, prompts, stream);
    }
  }

  private void load(String topic, int prompts) throws Exception {
    var serializer = cluster.prompts();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < prompts; i++) sent.add(producer.send(cluster.prompt(serializer, topic, topic + "/" + i)));
    }
    for (Future<RecordMetadata> one : sent) one.get();
  }

  /// Records a second from the first result to the last; every prompt must have exactly one.
  private static double drain(KafkaConsumer<byte[], byte[]> reader, int prompts, StreamUnderLoad stream) {
    Set<String> keys = new HashSet<>();
    int records = 0;
    long first = 0;
    long last = 0;
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (keys.size() < prompts) {
      if (System.nanoTime() - giveUp > 0)
        throw new IllegalStateException(
            "%d of %d results of %s came in %s; %s"
                .formatted(keys.size(), prompts, stream.from(), PATIENCE, stream.state().get()));
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        last = System.nanoTime();
        if (records++ == 0) first = last;
        keys.add(new String(record.key(), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    if (records != prompts) throw new IllegalStateException(records + " results for " + prompts + " prompts");
    return prompts / ((last - first) / 1e9);
  }
}
