package dev.penstock.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generatorstream.streams.CommitPace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Preloaded prompts through an instant generator, beside plain topologies with the same commit policy: one that
/// writes the same records, and one that only echoes the prompt. How the first of these stands
/// to the second, `plain_vs_echo`, says how much of the distance is writing two records for one.
record Passthrough(Cluster cluster, Path folder, Path manifest, RunLog log) {

  private static final int SLOTS = 64;
  private static final int WARM_UP_ROUNDS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  Figures run(boolean quick) throws Exception {
    int prompts = quick ? 20_000 : 100_000;
    int rounds = quick ? 2 : 5;
    double[] ratios = new double[rounds];
    double[] echoRatios = new double[rounds];
    double[] plainEchoRatios = new double[rounds];
    for (int round = quick ? -1 : -WARM_UP_ROUNDS; round < rounds; round++) {
      String suffix = round < 0 ? "warm" + -round : Integer.toString(round);
      double plain = plain("pass-plain-" + suffix, Recoding.sameRecords(cluster.schemas()), prompts);
      double ours = ours("pass-ours-" + suffix, prompts);
      double echo = plain("pass-echo-" + suffix, Recoding.echo(cluster.schemas()), prompts);
      if (round < 0) continue;
      ratios[round] = ours / plain;
      echoRatios[round] = ours / echo;
      plainEchoRatios[round] = plain / echo;
      log.line(
          "passthrough round %d: plain %.0f prompts/s, echo %.0f prompts/s, ours %.0f prompts/s, ratios %.3f and %.3f",
          round + 1, plain, echo, ours, ratios[round], echoRatios[round]);
    }
    return new Figures()
        .put("passthrough_vs_streams", Figures.median(ratios))
        .put("passthrough_vs_echo", Figures.median(echoRatios))
        .put("plain_vs_echo", Figures.median(plainEchoRatios));
  }

  private double plain(String name, Function<byte[], byte[][]> recoding, int prompts) throws Exception {
    cluster.createTopics(name + "-in", name + "-out", name + "-out-2");
    load(name + "-in", prompts);
    try (KafkaConsumer<byte[], byte[]> reader = cluster.readerAtEnd(name + "-out");
        StreamUnderLoad stream =
            StreamUnderLoad.plain(cluster, folder, name, recoding, CommitPace.perThread())) {
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

  /// Records a second as the broker took them, over the last three quarters: while the first come, tasks still start.
  /// Every prompt must have exactly one.
  private static double drain(KafkaConsumer<byte[], byte[]> reader, int prompts, StreamUnderLoad stream) {
    Set<String> keys = new HashSet<>();
    long[] millis = new long[prompts];
    int records = 0;
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (keys.size() < prompts) {
      if (System.nanoTime() - giveUp > 0)
        throw new IllegalStateException(
            "%d of %d results of %s came in %s; %s"
                .formatted(keys.size(), prompts, stream.from(), PATIENCE, stream.state().get()));
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
        if (!keys.add(new String(record.key(), UTF_8)))
          throw new IllegalStateException("a prompt of %s has two results".formatted(stream.from()));
        millis[records++] = record.timestamp();
      }
    }
    Arrays.sort(millis);
    return (prompts - prompts / 4) * 1e3 / (millis[prompts - 1] - millis[prompts / 4]);
  }
}
