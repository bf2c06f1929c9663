package dev.penstock.generators.engine.crash;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A small memory-mapped file that says which requests one lane is running and whether it is inside a step. What was
/// stored is in the file even when the process dies in the next instruction (not when the machine does).
///
/// Layout, native byte order: magic, pid, when it was opened (epoch ms), each 8 bytes; inside a step (0 or 1), how
/// many ids, each 4 bytes; then for each id one length byte and 96 bytes.
///
/// Written by the lane thread; plain stores. Opened before it starts, closed after it ended.
public final class FlightRecorder implements AutoCloseable {

  /// File name ending of recorders.
  static final String SUFFIX = ".flight";

  private static final long MAGIC = 0x504e_464c_4948_5432L;
  private static final int PID = 8;
  private static final int OPENED = 16;
  private static final int INSIDE_STEP = 24;
  private static final int COUNT = 28;
  private static final int IDS = 32;
  private static final int STRIDE = 1 + RecordedId.MAX_BYTES;

  private final @Nullable Path file;
  private final @Nullable Arena arena;
  private final MemorySegment memory;
  private final int capacity;

  private FlightRecorder(@Nullable Path file, @Nullable Arena arena, MemorySegment memory, int capacity) {
    this.file = file;
    this.arena = arena;
    this.memory = memory;
    this.capacity = capacity;
  }

  /// A recorder in a file of its own in `folder`.
  ///
  /// @param lane names the file, with the pid
  /// @param capacity ids at once; further ones are not recorded
  /// @throws IOException if the file cannot be made
  public static FlightRecorder open(Path folder, String lane, int capacity, long nowMillis) throws IOException {
    Files.createDirectories(folder);
    long pid = ProcessHandle.current().pid();
    Path file = folder.resolve(lane + "-" + pid + SUFFIX);
    Arena arena = Arena.ofShared();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, IDS + (long) STRIDE * capacity, arena);
      memory.fill((byte) 0);
      memory.set(JAVA_LONG, PID, pid);
      memory.set(JAVA_LONG, OPENED, nowMillis);
      memory.set(JAVA_LONG, 0, MAGIC);
      return new FlightRecorder(file, arena, memory, capacity);
    } catch (IOException e) {
      arena.close();
      throw e;
    }
  }

  /// A recorder that nobody reads.
  public static FlightRecorder none() {
    return new FlightRecorder(null, null, MemorySegment.ofArray(new long[IDS / 8]), 0);
  }

  /// Says which requests run from here on; none when the lane is idle. Call before each change of the active set.
  public void running(List<RecordedId> ids) {
    int count = Math.min(ids.size(), capacity);
    memory.set(JAVA_INT, COUNT, 0);
    VarHandle.releaseFence();
    for (int i = 0; i < count; i++) {
      byte[] id = ids.get(i).bytes();
      long at = IDS + (long) STRIDE * i;
      memory.set(JAVA_BYTE, at, (byte) id.length);
      MemorySegment.copy(id, 0, memory, JAVA_BYTE, at + 1, id.length);
    }
    VarHandle.releaseFence();
    memory.set(JAVA_INT, COUNT, count);
  }

  /// Call right before native code runs the step.
  public void enterStep() {
    memory.set(JAVA_INT, INSIDE_STEP, 1);
    VarHandle.releaseFence();
  }

  /// Call right after.
  public void leaveStep() {
    VarHandle.releaseFence();
    memory.set(JAVA_INT, INSIDE_STEP, 0);
  }

  /// Deletes the file: a process that ended in good order leaves no evidence.
  @Override
  public void close() throws IOException {
    if (arena == null || file == null) return;
    arena.close();
    Files.deleteIfExists(file);
  }

  /// What a recorder held when its process ended.
  ///
  /// @param ids what ran in the step the process died in; empty if it died outside of one
  record Left(long pid, long openedMillis, List<String> ids) {}

  /// Reads the recorder of another process.
  ///
  /// @return empty if the file is not a complete recorder
  static Optional<Left> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < IDS) return Optional.empty();
    // Longs are the base of the copy, so that its 8-byte fields are aligned.
    MemorySegment memory = MemorySegment.ofArray(new long[(bytes.length + 7) / 8]);
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 0, bytes.length);
    if (memory.get(JAVA_LONG, 0) != MAGIC) return Optional.empty();
    int count = memory.get(JAVA_INT, COUNT);
    if (count < 0 || IDS + (long) STRIDE * count > bytes.length) return Optional.empty();
    List<String> ids = new ArrayList<>();
    for (int i = 0; memory.get(JAVA_INT, INSIDE_STEP) == 1 && i < count; i++) {
      int at = IDS + STRIDE * i;
      ids.add(RecordedId.read(bytes, at + 1, bytes[at]));
    }
    return Optional.of(new Left(memory.get(JAVA_LONG, PID), memory.get(JAVA_LONG, OPENED), ids));
  }
}
