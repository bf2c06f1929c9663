package dev.penstock.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What Java cannot send to a process by itself: any signal, to all of it or to one of its threads. Linux.
@SuppressWarnings("restricted")
final class Signals {

  static final int SEGV = 11;
  static final int CONT = 18;
  static final int STOP = 19;

  /// `long syscall(long number, ...)` of the C library, here with `tgkill` (number 234 on x86-64).
  private static final long TGKILL = 234;

  private static final MethodHandle SYSCALL = function("syscall", 4);
  private static final MethodHandle KILL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Signals() {}

  private static MethodHandle function(String name, int longs) {
    FunctionDescriptor shape = FunctionDescriptor.of(ValueLayout.JAVA_LONG);
    for (int i = 0; i < longs; i++) shape = shape.appendArgumentLayouts(ValueLayout.JAVA_LONG);
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, Linker.Option.firstVariadicArg(1));
  }

  /// @throws IllegalStateException if there is no such process
  static void send(long pid, int signal) {
    try {
      int result = (int) KILL.invoke((int) pid, signal);
      if (result != 0) throw new IllegalStateException("signal %d does not reach process %d".formatted(signal, pid));
    } catch (Throwable e) {
      throw e instanceof RuntimeException known ? known : new IllegalStateException("cannot send a signal", e);
    }
  }

  /// Sends it to the first thread whose name begins so.
  ///
  /// @return false if the process has no such thread
  static boolean sendToThread(long pid, String nameBegins, int signal) {
    Optional<Long> thread = thread(pid, nameBegins);
    if (thread.isEmpty()) return false;
    try {
      return (long) SYSCALL.invoke(TGKILL, pid, (long) thread.get(), (long) signal) == 0;
    } catch (Throwable e) {
      throw e instanceof RuntimeException known ? known : new IllegalStateException("cannot send a signal", e);
    }
  }

  /// Linux keeps the first 15 bytes of a thread's name.
  private static Optional<Long> thread(long pid, String nameBegins) {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      List<Path> all = tasks.toList();
      for (Path task : all)
        if (Files.readString(task.resolve("comm")).startsWith(nameBegins))
          return Optional.of(Long.parseLong(task.getFileName().toString()));
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
