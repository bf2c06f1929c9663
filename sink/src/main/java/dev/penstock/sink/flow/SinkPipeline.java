package dev.penstock.sink.flow;

import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.RegistryUnavailableException;
import dev.penstock.sink.arrival.Arrival;
import dev.penstock.sink.arrival.ArrivalDecoder;
import dev.penstock.sink.database.ContentDatabase;
import dev.penstock.sink.database.DatabaseUnavailableException;
import dev.penstock.sink.database.OffsetMove;
import dev.penstock.sink.database.StaleOffsetException;
import dev.penstock.sink.database.Written;
import dev.penstock.sink.objects.BodyKeeper;
import dev.penstock.sink.objects.ObjectStoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Content and outcomes from Kafka to the object store and PostgreSQL, exactly once:
///
/// ```text
/// seek to the database's offsets ▶ poll (read_committed) ▶ decode ▶ bodies to the object store
///     ▲                                                                    │
///     └── anything away: wait ◀── one transaction: rows + next offsets ◀───┘
/// ```
///
/// A crash anywhere repeats at most one poll batch, from the offsets that the last transaction left. Objects are
/// named by their content, rows by content id or prompt position, so that repeating changes nothing. An instance
/// that was replaced while it slept finds other offsets than it knows and commits nothing.
///
/// One thread runs [#run]; [#stop] may be called by any.
public final class SinkPipeline implements Runnable {

  /// What the sink reads.
  public static final List<String> TOPICS = List.of(Topic.CONTENT.topicName(), Topic.OUTCOMES.topicName());

  private static final Logger LOG = LoggerFactory.getLogger(SinkPipeline.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Consumer<byte[], byte[]> consumer;
  private final Positions positions;
  private final ArrivalDecoder decoder;
  private final BodyKeeper bodies;
  private final ContentDatabase database;
  private final Counts counts;
  private final WaitLine waitLine;
  private volatile boolean isStopping;

  public SinkPipeline(Source source, BodyKeeper bodies, ContentDatabase database, Counts counts, WaitLine waitLine) {
    this.consumer = source.consumer();
    this.positions = new Positions(source.consumer(), database, source.topicIds());
    this.decoder = new ArrivalDecoder(source.registry());
    this.bodies = bodies;
    this.database = database;
    this.counts = counts;
    this.waitLine = waitLine;
  }

  /// Runs until [#stop]; closes the consumer at the end. Throws what waiting cannot mend.
  @Override
  public void run() {
    try (consumer) {
      consumer.subscribe(TOPICS, positions);
      while (!isStopping) {
        try {
          storeOneBatch();
          waitLine.over();
        } catch (DatabaseUnavailableException e) {
          waitFor("the database", e);
        } catch (ObjectStoreUnavailableException e) {
          waitFor("the object store", e);
        } catch (RegistryUnavailableException e) {
          waitFor("the schema registry", e);
        } catch (TopicsUnavailableException | RetriableException e) {
          waitFor("Kafka", e);
        } catch (StaleOffsetException e) {
          LOG.atWarn().addKeyValue("reason", e.getMessage()).log("another instance wrote in between; starting again");
          positions.forget();
        }
      }
    } catch (WakeupException e) {
      if (!isStopping) throw e;
    }
  }

  private void storeOneBatch() {
    positions.seekToStored();
    List<Arrival> arrivals = decoder.decode(consumer.poll(POLL));
    List<OffsetMove> moves = positions.moved();
    if (moves.isEmpty()) return;
    List<Arrival> kept = bodies.keep(arrivals);
    Written written = database.write(kept, moves);
    positions.stored(moves);
    counts.add(kept, written);
    positions.reportToGroup();
  }

  /// The batch in hand is dropped: after the wait it is read again from where the database stands.
  private void waitFor(String what, Exception why) {
    counts.add(Count.WAITS, 1);
    waitLine.say(what, why);
    positions.forget();
    positions.keepMembership(WaitLine.BETWEEN_TRIES, () -> isStopping);
  }

  /// Lets the batch in hand end, then [#run] returns.
  public void stop() {
    isStopping = true;
    consumer.wakeup();
  }
}
