package dev.penstock.generators.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Specified: which plan task runs next, that no task is lost, and that bulk work never holds all threads.
class PlanThreadsTest {

  private PlanThreads threads = new PlanThreads(1);

  private record Task(Priority priority, boolean ends, Runnable work) implements PlanTask {
    @Override
    public void run() {
      work.run();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    threads.stop(Duration.ofSeconds(5));
  }

  private void use(int count) throws InterruptedException {
    stop();
    threads = new PlanThreads(count);
  }

  @Test
  void runsTheMostUrgentFirstAndEndsRequestsBeforeItStartsOthers() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    CountDownLatch done = new CountDownLatch(4);
    threads.accept(new Task(Priority.URGENT, true, () -> hold(go)));
    threads.accept(new Task(Priority.BULK, true, () -> note(order, "bulk end", done)));
    threads.accept(new Task(Priority.NORMAL, false, () -> note(order, "normal start", done)));
    threads.accept(new Task(Priority.NORMAL, true, () -> note(order, "normal end", done)));
    threads.accept(new Task(Priority.URGENT, false, () -> note(order, "urgent start", done)));
    go.countDown();
    done.await();
    assertThat(order).containsExactly("urgent start", "normal end", "normal start", "bulk end");
  }

  @Test
  void losesNoTaskHoweverThreadsFallAsleep() throws InterruptedException {
    use(3);
    Semaphore ran = new Semaphore(0);
    for (int i = 0; i < 20_000; i++) {
      threads.accept(new Task(Priority.values()[i % 3], i % 2 == 0, ran::release));
      if (i % 7 == 0) assertThat(ran.tryAcquire(i % 7 + 1, 10, TimeUnit.SECONDS)).as("task %d", i).isTrue();
      if (i % 7 == 0) ran.release(i % 7 + 1);
    }
    assertThat(ran.tryAcquire(20_000, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void keepsAThreadFreeOfBulk() throws InterruptedException {
    use(3);
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 10; i++) threads.accept(new Task(Priority.BULK, true, () -> hold(never)));
    CountDownLatch urgent = new CountDownLatch(1);
    threads.accept(new Task(Priority.URGENT, false, urgent::countDown));
    assertThat(urgent.await(10, TimeUnit.SECONDS)).isTrue();
    never.countDown();
  }

  @Test
  void stopsAfterTheTasksItIsInAndBeginsNoOther() throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    threads.accept(new Task(Priority.NORMAL, true, () -> {
      in.countDown();
      hold(go);
    }));
    threads.accept(new Task(Priority.NORMAL, true, () -> order.add("second")));
    in.await();
    assertThat(threads.stop(Duration.ofMillis(20))).as("interrupts what takes too long").isFalse();
    assertThat(threads.stop(Duration.ofSeconds(10))).isTrue();
    assertThat(order).isEmpty();
  }

  private static void note(List<String> order, String name, CountDownLatch done) {
    order.add(name);
    done.countDown();
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
