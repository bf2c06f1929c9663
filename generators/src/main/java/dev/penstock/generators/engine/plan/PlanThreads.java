package dev.penstock.generators.engine.plan;

import dev.penstock.generators.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A fixed number of threads that run the stages around the lanes, the most urgent first, and at equal priority those
/// that end a request before those that start one.
///
/// Tasks may block, so of three and more threads one leaves bulk tasks alone: an urgent request never waits for a
/// slow upload of bulk content to end.
///
/// Any thread hands tasks over. Hand-over and pick-up take no lock while a thread is awake; the monitor of `asleep`
/// guards sleeping alone. Not bounded in tasks: the lanes bound what they hand over.
public final class PlanThreads implements Consumer<PlanTask> {

  private final List<Queue<PlanTask>> queues = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  /// Workers that sleep and were not called, the latest first, so that a warm thread is called.
  private final Deque<Worker> asleep = new ArrayDeque<>();

  private volatile int sleeping;
  private volatile boolean stopped;

  public PlanThreads(int count) {
    for (int i = 0; i < 2 * Priority.values().length; i++) queues.add(new ConcurrentLinkedQueue<>());
    for (int i = 1; i <= count; i++) workers.add(new Worker("penstock-plan-" + i, count < 3 || i > 1));
    for (Worker worker : workers) worker.thread.start();
  }

  @Override
  public void accept(PlanTask task) {
    queues.get(2 * task.priority().ordinal() + (task.ends() ? 0 : 1)).add(task);
    if (sleeping > 0) callOne(task.priority() == Priority.BULK);
  }

  /// Ends the threads after the task each is in; tasks not begun never run.
  ///
  /// @return whether all ended in this time; those that did not are interrupted and left to end by themselves
  public boolean stop(Duration atMost) throws InterruptedException {
    stopped = true;
    for (Worker worker : workers) LockSupport.unpark(worker.thread);
    long end = System.nanoTime() + atMost.toNanos();
    boolean ended = true;
    for (Worker worker : workers) {
      if (worker.thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) continue;
      worker.thread.interrupt();
      ended = false;
    }
    return ended;
  }

  /// Calls a thread that takes such a task. If none of those sleeps, one that is awake will find the task.
  private void callOne(boolean bulk) {
    Worker called = null;
    synchronized (asleep) {
      for (Worker worker : asleep) {
        if (bulk && !worker.takesBulk) continue;
        called = worker;
        break;
      }
      if (called == null) return;
      asleep.remove(called);
      sleeping = asleep.size();
    }
    called.called = true;
    LockSupport.unpark(called.thread);
  }

  private final class Worker {

    private final Thread thread;
    private final boolean takesBulk;
    private final List<Queue<PlanTask>> taken;
    private volatile boolean called;

    private Worker(String name, boolean takesBulk) {
      this.takesBulk = takesBulk;
      this.taken = takesBulk ? queues : queues.subList(0, 2 * Priority.BULK.ordinal());
      thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
    }

    private @Nullable PlanTask next() {
      for (Queue<PlanTask> queue : taken) {
        PlanTask task = queue.poll();
        if (task != null) return task;
      }
      return null;
    }

    private void work() {
      while (!stopped) {
        PlanTask task = next();
        if (task != null) task.run();
        else sleep();
      }
    }

    /// Counts itself as sleeping before it looks a last time; whoever adds a task looks at the count afterwards: one
    /// of the two sees the other.
    private void sleep() {
      called = false;
      synchronized (asleep) {
        asleep.push(this);
        sleeping = asleep.size();
      }
      PlanTask late = next();
      if (late != null) {
        rise();
        late.run();
        return;
      }
      while (!called && !stopped) {
        LockSupport.park(PlanThreads.this);
        // A stage may have left its interrupt behind; with it set, park returns at once.
        Thread.interrupted();
      }
    }

    private void rise() {
      synchronized (asleep) {
        asleep.remove(this);
        sleeping = asleep.size();
      }
    }
  }
}
