package dev.penstock.schemas.framing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/// A registry behind a reader of records that strangers write: ids that it does not know cost little, however many come.
///
/// That an id is unknown is never known for long: the next schema that somebody registers gets one. But records that had
/// been read when the registry was asked were written before, and whoever wrote them with a registered schema had
/// registered it before. So an answer holds for them, and for no later ones. Ids below 1 no registry gives.
///
/// Questions for unknown ids come at a bounded pace after a first burst; who would ask more often waits, and is answered
/// then. Threads may share one.
public final class RememberedUnknowns implements SchemaRegistry {

  private static final int MOST = 10_000;
  private static final long QUESTION_NANOS = 1_000_000_000L / 500;
  private static final int BURST = 500;

  private final SchemaRegistry registry;
  private final LongSupplier lastRead;
  private final Map<Integer, Long> askedAt = new LinkedHashMap<>();
  private long nextQuestion = System.nanoTime() - BURST * QUESTION_NANOS;

  /// @param lastRead when the calling thread last read records, as `System.nanoTime()` tells it; now, if it is not known
  public RememberedUnknowns(SchemaRegistry registry, LongSupplier lastRead) {
    this.registry = registry;
    this.lastRead = lastRead;
  }

  @Override
  public int register(String subject, Schema schema) {
    return registry.register(subject, schema);
  }

  @Override
  public Schema byId(int id) {
    if (id < 1 || isRemembered(id)) throw FramingException.unknownSchema(id);
    long now = awaitTurn();
    try {
      Schema schema = registry.byId(id);
      giveTurnBack();
      return schema;
    } catch (FramingException e) {
      if (e.isUnknownSchema()) remember(id, now);
      throw e;
    }
  }

  private synchronized boolean isRemembered(int id) {
    Long asked = askedAt.get(id);
    return asked != null && lastRead.getAsLong() - asked <= 0;
  }

  private synchronized void remember(int id, long asked) {
    askedAt.remove(id);
    askedAt.put(id, asked);
    if (askedAt.size() > MOST) askedAt.remove(askedAt.keySet().iterator().next());
  }

  /// @return the time before the question
  private long awaitTurn() {
    long turn;
    synchronized (this) {
      turn = nextQuestion = Math.max(nextQuestion, System.nanoTime() - BURST * QUESTION_NANOS) + QUESTION_NANOS;
    }
    long now = System.nanoTime();
    while (now - turn < 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(turn - now);
      now = System.nanoTime();
    }
    return now;
  }

  /// The id was known: it will not be asked for again.
  private synchronized void giveTurnBack() {
    nextQuestion -= QUESTION_NANOS;
  }
}
