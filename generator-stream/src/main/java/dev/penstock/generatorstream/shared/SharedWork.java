package dev.penstock.generatorstream.shared;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.Engine;
import dev.penstock.generators.engine.PlanStage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands before an engine and has equal work done once a process ([WorkKey]): a request waits for an equal one that runs,
/// or takes its result from the cache. Each request keeps its own last stage, so each prompt has its own content.
///
/// A request joins another only if that is as urgent and has no later deadline, so that nobody waits longer than alone.
/// If the one that runs fails or is taken back, the work goes on for those who wait: a failure is nobody else's.
///
/// Any thread may call; nothing blocks on a generation, and last stages run on the engine's threads or, for cached
/// results, on one of its own.
public final class SharedWork implements AutoCloseable {

  private final Engine engine;
  private final ResultCache cache;
  private final Map<WorkKey, Work> running = new HashMap<>();
  private final ExecutorService stages =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("cached-results").daemon().factory());
  private long joined;
  private long cached;
  private long outputTokens;
  private long steps;

  /// @param cacheBytes for results that were made; 0 keeps none
  public SharedWork(Engine engine, long cacheBytes) {
    this.engine = engine;
    this.cache = new ResultCache(cacheBytes);
  }

  /// Like [Engine#submit].
  public Engine.Ticket submit(
      String modelDigest,
      GenerationRequest request,
      PlanStage<GenerationResult, byte[]> last,
      Completion<byte[]> completion) {
    WorkKey key = WorkKey.of(modelDigest, request);
    Member member = new Member(request, last, completion);
    Work work = new Work(modelDigest, key, member);
    boolean isKept;
    synchronized (this) {
      Work other = running.get(key);
      if (other != null && other.takes(member)) return member;
      isKept = cache.contains(key);
      if (other == null && !isKept) running.put(key, work);
    }
    if (isKept) fromCache(work, member);
    else work.start();
    return member;
  }

  private void fromCache(Work work, Member member) {
    try {
      stages.execute(
          () -> {
            GenerationResult result = cache.get(work.key);
            if (result == null) {
              work.start();
              return;
            }
            count(result, true);
            member.deliver(result);
          });
    } catch (RejectedExecutionException e) {
      // Closed: like all that is unfinished when the engine stops, it is never completed.
    }
  }

  private synchronized void count(GenerationResult result, boolean fromCache) {
    if (fromCache) cached++;
    else joined++;
    outputTokens += result.usage().outputTokens();
    steps += result.usage().steps();
  }

  public synchronized Saved saved() {
    return new Saved(joined, cached, cache.damaged(), outputTokens, steps, cache.bytes());
  }

  /// One who wants the result.
  private final class Member implements Engine.Ticket {
    private final GenerationRequest request;
    private final PlanStage<GenerationResult, byte[]> last;
    private final Completion<byte[]> completion;
    private @Nullable Work work;
    private boolean isEnded;
    private boolean isWithdrawn;

    private Member(GenerationRequest request, PlanStage<GenerationResult, byte[]> last, Completion<byte[]> completion) {
      this.request = request;
      this.last = last;
      this.completion = completion;
    }

    /// A result that somebody else's run made: it took no slot of this one's.
    private void deliver(GenerationResult result) {
      try {
        byte[] value = last.apply(result.withTimings(GenerationResult.Timings.NONE));
        if (end()) completion.completed(value);
      } catch (GenerationException e) {
        fail(e);
      } catch (RuntimeException e) {
        fail(new GenerationException.Broken("INTERNAL", "A shared result could not be published.", e));
      }
    }

    private void fail(GenerationException cause) {
      if (end()) completion.failed(cause);
    }

    /// @return whether it had not ended
    private boolean end() {
      synchronized (SharedWork.this) {
        boolean isFirst = !isEnded;
        isEnded = true;
        return isFirst;
      }
    }

    private boolean isWithdrawn() {
      synchronized (SharedWork.this) {
        return isWithdrawn;
      }
    }

    /// The work goes on if others wait for it.
    @Override
    public void cancel() {
      Work abandoned = null;
      synchronized (SharedWork.this) {
        if (isEnded) return;
        isEnded = true;
        isWithdrawn = true;
        if (work != null && work.leave(this)) abandoned = work;
      }
      completion.failed(new GenerationException.Cancelled("The request was taken back."));
      if (abandoned != null) abandoned.stop();
    }
  }

  /// A run of the engine and those who wait for it. The fields are guarded by the lock of the outer object.
  private final class Work implements Completion<byte[]> {
    private final String modelDigest;
    private final WorkKey key;
    private final Member first;
    private final Deque<Member> others = new ArrayDeque<>();
    private Engine.@Nullable Ticket ticket;
    private boolean isMade;
    private boolean isStopped;

    private Work(String modelDigest, WorkKey key, Member first) {
      this.modelDigest = modelDigest;
      this.key = key;
      this.first = first;
      first.work = this;
    }

    private boolean takes(Member member) {
      if (isMade || isStopped || first.request.priority().compareTo(member.request.priority()) > 0) return false;
      if (deadline(first).isAfter(deadline(member))) return false;
      others.add(member);
      member.work = this;
      return true;
    }

    private static Instant deadline(Member member) {
      return member.request.deadline() == null ? Instant.MAX : member.request.deadline();
    }

    /// @return whether nobody is left
    private boolean leave(Member member) {
      others.remove(member);
      if (isMade || !first.isWithdrawn || !others.isEmpty()) return false;
      isStopped = true;
      running.remove(key, this);
      return true;
    }

    private void start() {
      Engine.Ticket submitted = engine.submit(modelDigest, first.request, this::made, this);
      boolean isLate;
      synchronized (SharedWork.this) {
        ticket = submitted;
        isLate = isStopped;
      }
      if (isLate) submitted.cancel();
    }

    private void stop() {
      Engine.Ticket submitted;
      synchronized (SharedWork.this) {
        submitted = ticket;
      }
      if (submitted != null) submitted.cancel();
    }

    /// The last stage, on an engine thread: everybody's own.
    private byte[] made(GenerationResult result) throws GenerationException {
      cache.put(key, result);
      List<Member> waiting;
      synchronized (SharedWork.this) {
        isMade = true;
        running.remove(key, this);
        waiting = new ArrayList<>(others);
        others.clear();
      }
      for (Member member : waiting) {
        count(result, false);
        member.deliver(result);
      }
      if (first.isWithdrawn()) throw new GenerationException.Cancelled("The request was taken back.");
      return first.last.apply(result);
    }

    @Override
    public void completed(byte[] value) {
      if (first.end()) first.completion.completed(value);
    }

    /// Without a result, the next one runs for those who wait.
    @Override
    public void failed(GenerationException cause) {
      Work next = null;
      synchronized (SharedWork.this) {
        running.remove(key, this);
        if (!isMade && !others.isEmpty()) {
          next = new Work(modelDigest, key, others.poll());
          for (Member member : others) member.work = next;
          next.others.addAll(others);
          others.clear();
          running.putIfAbsent(key, next);
        }
      }
      first.fail(cause);
      if (next != null) next.start();
    }
  }

  /// Ends before the engine: what has not been told is not told any more.
  @Override
  public void close() {
    stages.shutdown();
    try {
      if (!stages.awaitTermination(2, TimeUnit.SECONDS)) stages.shutdownNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stages.shutdownNow();
    }
  }
}
