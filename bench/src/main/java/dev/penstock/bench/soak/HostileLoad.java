package dev.penstock.bench.soak;

import dev.penstock.bench.hostile.HostileRecords;
import dev.penstock.bench.hostile.HostileRecords.Kind;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Puts hostile records of all kinds on the topic of prompts at an even pace, by a thread of its own.
final class HostileLoad implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final HostileRecords records;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final FutureTask<?> sending;
  private volatile boolean isStopping;

  /// Sends until [#stop].
  ///
  /// @param name unlike that of any other load
  /// @param good gives a prompt id that is on the topic
  HostileLoad(
      KafkaClients clients, SchemaRegistry registry, String name, double perSecond, long seed, Supplier<String> good) {
    producer = HostileRecords.producer(clients);
    records = new HostileRecords(Topic.PROMPTS.topicName(), name, registry, seed, List.of(Kind.values()));
    sending = new FutureTask<>(() -> run(perSecond, good), null);
    Thread.ofPlatform().name("hostile-load").daemon().start(sending);
  }

  private void run(double perSecond, Supplier<String> good) {
    long interval = (long) (1e9 / perSecond);
    long next = System.nanoTime();
    while (!isStopping) {
      sent.add(producer.send(records.next(good.get())));
      next = Math.max(next + interval, System.nanoTime() - Duration.ofSeconds(5).toNanos());
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /// Ends sending.
  ///
  /// @return where the broker put the records
  /// @throws ExecutionException if it did not take one, or one could not be made
  Set<Position> stop() throws InterruptedException, ExecutionException {
    isStopping = true;
    sending.get();
    Set<Position> positions = new HashSet<>();
    for (Future<RecordMetadata> one : sent) positions.add(new Position(one.get().partition(), one.get().offset()));
    return positions;
  }

  @Override
  public void close() {
    isStopping = true;
    producer.close();
  }
}
