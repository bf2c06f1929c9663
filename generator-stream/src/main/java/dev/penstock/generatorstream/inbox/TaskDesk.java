package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.Priority;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Where the engine puts what it finished for one incarnation of one task. The engine's threads only add to the
/// queue; everything else is the stream thread's.
final class TaskDesk {

  private static final int CROWD = 64;

  /// Something the engine finished.
  sealed interface Finished {
    AdmittedPrompt prompt();

    int variant();

    /// From its submission to its end.
    long tookNanos();
  }

  /// @param content the framed content record
  record Made(AdmittedPrompt prompt, int variant, byte[] content, long tookNanos) implements Finished {}

  record Failed(AdmittedPrompt prompt, int variant, GenerationException cause, long tookNanos) implements Finished {}

  private final Queue<Landed> landed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<Flight> flights = new HashSet<>();
  private final int[] inFlight = new int[Priority.values().length];

  /// One submitted variant. Its identity is the object's.
  final class Flight implements Completion<byte[]> {
    private final AdmittedPrompt prompt;
    private final int variant;
    private final long start = System.nanoTime();
    private Engine.@Nullable Ticket ticket;

    private Flight(AdmittedPrompt prompt, int variant) {
      this.prompt = prompt;
      this.variant = variant;
    }

    @Override
    public void completed(byte[] content) {
      add(new Landed(this, new Made(prompt, variant, content, System.nanoTime() - start)));
    }

    @Override
    public void failed(GenerationException cause) {
      add(new Landed(this, new Failed(prompt, variant, cause, System.nanoTime() - start)));
    }
  }

  private record Landed(Flight flight, Finished finished) {}

  private void add(Landed one) {
    waiting.incrementAndGet();
    landed.add(one);
  }

  Flight takeOff(AdmittedPrompt prompt, int variant) {
    Flight flight = new Flight(prompt, variant);
    flights.add(flight);
    inFlight[prompt.priority().ordinal()]++;
    return flight;
  }

  void ticket(Flight flight, Engine.Ticket ticket) {
    flight.ticket = ticket;
  }

  /// The next finished variant, or null.
  @Nullable Finished poll() {
    for (Landed one = landed.poll(); one != null; one = landed.poll()) {
      waiting.decrementAndGet();
      if (leave(one.flight())) return one.finished();
    }
    return null;
  }

  /// @return false if it was called back
  private boolean leave(Flight flight) {
    if (!flights.remove(flight)) return false;
    inFlight[flight.prompt.priority().ordinal()]--;
    return true;
  }

  /// Calls back every flight of a prompt: the engine drops it, and how it ended is not told any more.
  ///
  /// @return their variants: bit v for variant v
  int callBack(long offset) {
    int variants = 0;
    for (Flight flight : List.copyOf(flights)) {
      if (flight.prompt.source().offset() != offset) continue;
      leave(flight);
      variants |= 1 << flight.variant;
      if (flight.ticket != null) flight.ticket.cancel();
    }
    return variants;
  }

  /// Something is finished and not polled.
  boolean hasLandings() {
    return waiting.get() > 0;
  }

  /// So much is finished that it should be harvested before more is taken in.
  boolean isCrowded() {
    return waiting.get() >= CROWD;
  }

  int inFlight(Priority priority) {
    return inFlight[priority.ordinal()];
  }

  int inFlight() {
    return flights.size();
  }

  /// Takes back what is not finished.
  void close() {
    for (Flight flight : flights) if (flight.ticket != null) flight.ticket.cancel();
    flights.clear();
  }
}
