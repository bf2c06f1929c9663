package dev.penstock.chaos.load;

import dev.penstock.producer.PromptSender;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends prompts at an even pace, by a thread of its own, also while nobody can take them: then the Kafka producer keeps
/// them until somebody can.
public final class SteadyLoad implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SteadyLoad.class);

  private final PromptSender sender;
  private final PromptSet prompts;
  private final Arrivals arrivals;
  private final AtomicInteger sent = new AtomicInteger();
  private volatile boolean isStopping;
  private Thread thread = Thread.ofPlatform().unstarted(() -> {});

  public SteadyLoad(KafkaClients clients, SchemaRegistry registry, PromptSet prompts, Arrivals arrivals) {
    sender = new PromptSender(clients, registry);
    this.prompts = prompts;
    this.arrivals = arrivals;
  }

  /// Sends every prompt of the set once; returns when the broker has acknowledged all.
  public void sendEach(String name) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[prompts.size()];
    for (int seed = 0; seed < prompts.size(); seed++) all[seed] = sender.send(prompts.prompt(name + "-" + seed, seed));
    CompletableFuture.allOf(all).join();
  }

  /// Sends until [#close].
  ///
  /// @param seed decides which prompts
  public void start(double promptsASecond, long seed) {
    start("prompt", promptsASecond, seed);
  }

  /// The same with ids that begin in another way.
  public void start(String name, double promptsASecond, long seed) {
    thread = Thread.ofPlatform().name("load").daemon().start(() -> run(name, promptsASecond, new Random(seed)));
  }

  private void run(String name, double promptsASecond, Random random) {
    long interval = (long) (1e9 / promptsASecond);
    long next = System.nanoTime();
    while (!isStopping) {
      send(name + "-" + sent.get(), random.nextInt(prompts.size()));
      next = Math.max(next + interval, System.nanoTime() - Duration.ofSeconds(5).toNanos());
      long pause = next - System.nanoTime();
      if (pause > 0) LockSupport.parkNanos(pause);
    }
  }

  private void send(String id, long seed) {
    PromptRequested prompt = prompts.prompt(id, seed);
    int partition = PromptKey.partition(PromptKey.of(id, prompt.getOrderKey()), Topic.DEFAULT_PARTITIONS);
    sent.incrementAndGet();
    arrivals.sent(id, partition, Instant.now());
    try {
      sender
          .send(prompt)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) refused(id, failure);
              });
    } catch (KafkaException e) {
      refused(id, e); // The cluster's metadata cannot be had; the next prompt tries again.
    }
  }

  /// The topic decides whether it is there: the account is of what lies on it.
  private void refused(String id, Throwable why) {
    LOG.atWarn().addKeyValue("prompt", id).addKeyValue("reason", why.getMessage()).log("a prompt was not acknowledged");
    arrivals.notSent(id);
  }

  public int sent() {
    return sent.get();
  }

  /// Ends sending; returns when what was sent is acknowledged.
  @Override
  public void close() {
    isStopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.close();
  }
}
