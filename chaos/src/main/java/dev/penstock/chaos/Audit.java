package dev.penstock.chaos;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.guarantee.Accounted;
import dev.penstock.chaos.guarantee.Recount;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks in the middle of everything, again and again, whether accepted = outcomes + in flight. On a thread of its own:
/// while brokers are away an account takes as long as they are.
final class Audit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final Duration BETWEEN_ACCOUNTS = Duration.ofSeconds(5);

  private final Site site;
  private final Set<String> violations = new TreeSet<>();
  private final Thread thread = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);
  private int accounts;

  private Audit(Site site) {
    this.site = site;
  }

  /// Begins at once.
  static Audit start(Site site) {
    Audit audit = new Audit(site);
    audit.thread.start();
    return audit;
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Recount recount = new Recount(site.brokers().bootstrapServers(), site.directRegistryUrl())) {
        takeAccounts(recount);
      } catch (InterruptedException | InterruptException e) {
        return;
      } catch (KafkaException | IllegalStateException e) {
        // What was read half-way is worth nothing: the next account begins at the beginning.
        LOG.atInfo().addKeyValue("reason", e.getMessage()).log("an account could not be taken");
      }
    }
  }

  private void takeAccounts(Recount recount) throws InterruptedException {
    while (true) {
      add(recount.takeWithInbox().violations(new Accounted()));
      Thread.sleep(BETWEEN_ACCOUNTS);
    }
  }

  private synchronized void add(List<String> missing) {
    accounts++;
    violations.addAll(missing);
  }

  /// How many accounts were taken.
  synchronized int accounts() {
    return accounts;
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
