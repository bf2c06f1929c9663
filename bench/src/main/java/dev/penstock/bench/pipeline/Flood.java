package dev.penstock.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.Priority;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// One flood of bulk prompts over a model with one slot and steps of [#STEP].
record Flood(Cluster cluster, Path folder, Path manifest, RunLog log, int prompts) {

  static final Duration STEP = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int URGENT = 5;
  private static final int TOO_MANY = 3_000;

  /// Room above the flood, for the urgent ones and some more.
  private static final int ROOM = 1_000;

  private static final int RESTARTS = 3;

  /// Seconds from the start of an instance with nothing pending until it is ready: the median.
  double emptyStart() throws Exception {
    String pool = "flood-empty";
    cluster.createTopics(topic(pool));
    double[] seconds = new double[RESTARTS];
    for (int i = -1; i < RESTARTS; i++) {
      long start = System.nanoTime();
      try (FloodedStream stream = start(pool, "empty" + i)) {
        while (!stream.service().isReady()) pause(start);
        if (i >= 0) seconds[i] = since(start);
      }
    }
    log.line("start with nothing pending: %.2f %.2f %.2f s", seconds[0], seconds[1], seconds[2]);
    return Figures.median(seconds);
  }

  /// @param isLargest measures also what is only asked of the largest flood
  /// @return seconds from the start of an instance with an empty disk until all is pending again: the median
  double run(Figures figures, boolean isLargest) throws Exception {
    String pool = "flood-" + prompts;
    cluster.createTopics(topic(pool));
    long heapBefore = heapBytes();
    long pending;
    try (FloodedStream stream = start(pool, "first")) {
      while (!stream.service().isReady()) pause(System.nanoTime());
      long start = System.nanoTime();
      load(pool, prompts);
      double loaded = since(start);
      while (stream.service().inboxEntries() < prompts - servedSince(start)) pause(start);
      double taken = since(start);
      long heap = heapBytes() - heapBefore;
      log.line(
          "%,d prompts: written in %.1f s, taken in %.1f s, %.0f a second, %.0f bytes of heap each",
          prompts, loaded, taken, prompts / taken, (double) heap / prompts);
      figures.put("intake_a_second_" + prompts, prompts / taken);
      figures.put("heap_bytes_an_entry_" + prompts, (double) heap / prompts);
      if (isLargest) {
        figures.put("urgent_start_worst_s", urgent(pool));
        figures.put("rejected_beyond_bound", tooMany(pool));
      }
      pending = stream.service().inboxEntries();
    }
    double restore = restore(pool, pending);
    figures.put("restore_s_" + prompts, restore);
    return restore;
  }

  /// The most prompts that the model can have served: one each step, and those of the last transactions.
  private static long servedSince(long start) {
    return 5 + (System.nanoTime() - start) / STEP.toNanos();
  }

  private double restore(String pool, long pending) throws Exception {
    double[] seconds = new double[prompts > 500_000 ? 2 : RESTARTS];
    long closed = System.nanoTime();
    StringBuilder rounds = new StringBuilder();
    for (int i = 0; i < seconds.length; i++) {
      long start = System.nanoTime();
      try (FloodedStream stream = start(pool, "restart" + i)) {
        while (stream.service().inboxEntries() < pending - servedSince(closed)) pause(start);
        seconds[i] = since(start);
      }
      rounds.append(" %.2f".formatted(seconds[i]));
    }
    log.line("%,d prompts: restored from the changelog in%s s", prompts, rounds);
    return Figures.median(seconds);
  }

  /// Seconds from sending an urgent prompt until it starts, the worst of some: its content is there a step later.
  private double urgent(String pool) throws Exception {
    AvroSerializer<PromptRequested> serializer = cluster.prompts();
    double worst = 0;
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer();
        KafkaConsumer<byte[], byte[]> reader = cluster.readerAtEnd(Topic.CONTENT.topicName())) {
      for (int i = 0; i < URGENT; i++) {
        String id = pool + "-urgent-" + i;
        long start = System.nanoTime();
        producer.send(prompt(serializer, pool, id, Priority.URGENT)).get();
        awaitKey(reader, id, start);
        double started = since(start) - STEP.toMillis() / 1e3;
        log.line("urgent prompt behind %,d: starts within %.2f s", prompts, started);
        worst = Math.max(worst, started);
      }
    }
    return worst;
  }

  private static void awaitKey(KafkaConsumer<byte[], byte[]> reader, String id, long start) {
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(50)))
        if (new String(record.key(), UTF_8).equals(id)) return;
      requirePatience(start);
    }
  }

  /// How many of [#TOO_MANY] more prompts were rejected as INBOX_FULL.
  private double tooMany(String pool) throws Exception {
    AvroDeserializer<PromptOutcome> outcomes = new AvroDeserializer<>(cluster.schemas(), Topic.OUTCOMES);
    int rejected = 0;
    try (KafkaConsumer<byte[], byte[]> reader = cluster.readerAtEnd(Topic.OUTCOMES.topicName())) {
      load(pool, "more", TOO_MANY);
      long start = System.nanoTime();
      while (rejected < TOO_MANY - 2 * ROOM) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(50))) {
          PromptOutcome outcome = outcomes.deserialize(record.value());
          if (outcome.getOutcome() == Outcome.REJECTED && "INBOX_FULL".equals(outcome.getReason())) rejected++;
        }
        requirePatience(start);
      }
    }
    log.line("%d of %d prompts beyond the bound were rejected as INBOX_FULL", rejected, TOO_MANY);
    return rejected;
  }

  private void load(String pool, int count) throws Exception {
    load(pool, "bulk", count);
  }

  private void load(String pool, String kind, int count) throws Exception {
    AvroSerializer<PromptRequested> serializer = cluster.prompts();
    List<Future<RecordMetadata>> last = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = cluster.producer()) {
      for (int i = 0; i < count; i++) {
        var sent = producer.send(prompt(serializer, pool, pool + "-" + kind + "-" + i, Priority.BULK));
        if (i % 1_000 == 0 || i == count - 1) last.add(sent);
      }
      producer.flush();
    }
    for (Future<RecordMetadata> one : last) one.get();
  }

  private static ProducerRecord<byte[], byte[]> prompt(
      AvroSerializer<PromptRequested> serializer, String pool, String id, Priority priority) {
    PromptRequested prompt =
        PromptRequested.newBuilder()
            .setPromptId(id)
            .setCampaign("bench")
            .setPriority(priority)
            .setText("Write one short advertising slogan for a waterproof hiking boot. The audience is students.")
            .build();
    return new ProducerRecord<>(topic(pool), PromptKey.of(id, null), serializer.serialize(prompt));
  }

  private FloodedStream start(String pool, String state) throws Exception {
    Path stateDir = folder.resolve("state-" + pool + "-" + state);
    return FloodedStream.start(cluster, folder, pool, stateDir, manifest, STEP, Math.max(1, prompts) + ROOM);
  }

  private static String topic(String pool) {
    return "penstock.prompts." + pool + ".v1";
  }

  /// Used after a collection, the embedded broker's included.
  private static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void pause(long start) throws InterruptedException {
    requirePatience(start);
    Thread.sleep(10);
  }

  private static void requirePatience(long start) {
    if (System.nanoTime() - start > PATIENCE.toNanos())
      throw new IllegalStateException("what was waited for did not come in " + PATIENCE);
  }
}
