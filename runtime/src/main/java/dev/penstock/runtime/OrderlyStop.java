package dev.penstock.runtime;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a process part by part, last started first. Handles TERM and INT itself instead of relying on shutdown
/// hooks: they run side by side, and ONNX Runtime's hook frees its environment under a running inference
/// (microsoft/onnxruntime#31352).
///
/// Any thread may call any method; parts are closed once, by the first caller of [#stop].
public final class OrderlyStop {

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private record Part(String name, AutoCloseable closeable) {}

  private final Deque<Part> parts = new ArrayDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean endsProcess;

  /// Adds a part that was just started; it is closed before all parts added earlier. Returns it.
  ///
  /// @throws IllegalStateException if the process is stopping already; the part was closed then
  public synchronized <T extends AutoCloseable> T add(String name, T part) {
    if (stopping.get()) {
      close(new Part(name, part));
      throw new IllegalStateException(name + " was started while the process stops");
    }
    parts.push(new Part(name, part));
    return part;
  }

  /// Closes all parts. The second caller waits for the first.
  public void stop() {
    if (!begin()) {
      await();
      return;
    }
    for (Part part = pop(); part != null; part = pop()) close(part);
    stopped.countDown();
  }

  /// False if another caller has begun before. From here on no part is added.
  private synchronized boolean begin() {
    return stopping.compareAndSet(false, true);
  }

  private synchronized @Nullable Part pop() {
    return parts.poll();
  }

  private static void close(Part part) {
    try {
      part.closeable().close();
    } catch (Exception | Error e) {
      // Whatever it was, the parts below still have to be closed.
      LOG.atWarn().addKeyValue("part", part.name()).setCause(e).log("a part did not close");
    }
  }

  /// Blocks until everything is closed; for good if a signal closed it, because the process ends then with the
  /// exit code of the signal and not with one of the caller's.
  public void await() {
    try {
      stopped.await();
      if (endsProcess) new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// From now on TERM and INT stop the parts and end the process with exit code 0; if the parts take longer than
  /// 45 seconds it is ended with 1.
  public void handleSignals() {
    handleSignals(0);
  }

  /// The same for a process that has not done its work when it is stopped.
  ///
  /// @param exitCode what it ends with
  public void handleSignals(int exitCode) {
    handle("TERM", exitCode);
    handle("INT", exitCode);
  }

  /// `sun.misc.Signal` by reflection: the JDK has no other way, and its compiler warning cannot be silenced.
  private void handle(String signal, int exitCode) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) exitInOrder(exitCode);
                return null;
              });
      Object instance = type.getConstructor(String.class).newInstance(signal);
      type.getMethod("handle", type, handlerType).invoke(null, instance, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM cannot handle signal " + signal, e);
    }
  }

  private void exitInOrder(int exitCode) {
    if (stopping.get()) return;
    endsProcess = true;
    Thread.ofPlatform().name("orderly-stop-limit").daemon().start(OrderlyStop::haltAfterPatience);
    Thread.ofPlatform()
        .name("orderly-stop")
        .start(
            () -> {
              stop();
              System.exit(exitCode);
            });
  }

  private static void haltAfterPatience() {
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.atError().addKeyValue("seconds", PATIENCE.toSeconds()).log("parts did not close in time");
    Runtime.getRuntime().halt(1);
  }
}
