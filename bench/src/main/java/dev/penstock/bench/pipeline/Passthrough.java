package dev.penstock.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.bench.pipeline.Recoding.Leaving;
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

  /// Compiling still takes more than this in the first rounds.
  private static final double COMPILED = 0.1;

  private static final int MOST_WARM_UP_ROUNDS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  Figures run(boolean quick) throws Exception {
    int prompts = quick ? 20_000 : 100_000;
    int rounds = quick ? 2 : 9;
    double[] ratios = new double[rounds];
    double[] echoRatios = new double[rounds];
    double[] plainEchoRatios = new double[rounds];
    warmUp(prompts, quick ? 1 : MOST_WARM_UP_ROUNDS);
    for (int round = 0; round < rounds; round++) {
      Rates rates = rates(Integer.toString(round), prompts);
      ratios[round] = rates.ours() / rates.plain();
      echoRatios[round] = rates.ours() / rates.echo();
      plainEchoRatios[round] = rates.plain() / rates.echo();
      log.line(
          "passthrough round %d: plain %.0f prompts/s, echo %.0f prompts/s, ours %.0f prompts/s, ratios %.3f and %.3f",
          round + 1, rates.plain(), rates.echo(), rates.ours(), ratios[round], echoRatios[round]);
    }
    return new Figures()
        .put("passthrough_vs_streams", Figures.median(ratios))
        .put("passthrough_vs_echo", Figures.median(echoRatios))
        .put("plain_vs_echo", Figures.median(plainEchoRatios));
  }

  /// Prompts a second.
  private record Rates(double plain, double ours, double echo) {}

  private Rates rates(String round, int prompts) throws Exception {
    return new Rates(
        plain("pass-plain-" + round, Recoding.sameRecords(cluster.schemas()), prompts),
        ours("pass-ours-" + round, prompts),
        plain("pass-echo-" + round, Recoding.echo(cluster.schemas()), prompts));
  }

  private void warmUp(int prompts, int most) throws Exception {
    for (int round = 1; round <= most; round++) {
      Compiler compiler = new Compiler();
      Rates rates = rates("warm" + round, prompts);
      double share = compiler.share();
      log.line(
          "passthrough warm-up %d: plain %.0f prompts/s, ours %.0f prompts/s, compiling took %.3f of the time",
          round, rates.plain(), rates.ours(), share);
      if (share < COMPILED) return;
    }
  }

  private double plain(String name, Function<byte[], List<Leaving>> recoding, int prompts) throws Exception {
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
