package dev.penstock.systemtests.crashable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.Generator;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.Stepper;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Answers with its prompt after [#STEPS] steps of some milliseconds, in 16 slots. In its last step but ten a prompt
/// that says [#CRASH] reads address 0 outside of the JVM's protection, as a defect in native code would; one that says
/// [#THROW] throws. One that says [#REFUSE] fails when it is prepared. A mended generator does none of it.
final class CrashableGenerator
    implements Generator<CrashableGenerator.Work, byte[]>, Stepper<CrashableGenerator.Work, byte[]> {

  static final String CRASH = "crash the process";
  static final String THROW = "fail the step";
  static final String REFUSE = "fail the preparation";
  static final int STEPS = 60;

  private static final long STEP_NANOS = 5_000_000;

  /// @param text the whole prompt
  record Work(String text) {}

  private static final class Running {
    private final Work work;
    private int steps;

    private Running(Work work) {
      this.work = work;
    }
  }

  private final boolean isMended;
  private final Map<Long, Running> running = new LinkedHashMap<>();

  CrashableGenerator(boolean isMended) {
    this.isMended = isMended;
  }

  @Override
  public Work prepare(GenerationRequest request) {
    String text = request.input().brief();
    if (text.contains(REFUSE) && !isMended) throw new IllegalStateException("a defect of the preparation");
    return new Work(text);
  }

  @Override
  public Stepper<Work, byte[]> stepper() {
    return this;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, Work prepared, byte[] draft) {
    return new GenerationResult(
        draft, "text/plain; charset=utf-8", List.of(), Map.of(), new Usage(1, 1, 0, 0), FinishReason.STOP, Timings.NONE);
  }

  @Override
  public int slots() {
    return 16;
  }

  @Override
  public int slotsFor(Work prepared) {
    return 1;
  }

  @Override
  public int mostSteps(Work prepared) {
    return STEPS;
  }

  @Override
  public void admit(long execution, Work prepared) {
    running.put(execution, new Running(prepared));
  }

  @Override
  public List<Ended<byte[]>> step() {
    LockSupport.parkNanos(STEP_NANOS);
    List<Ended<byte[]>> ended = new ArrayList<>();
    for (Iterator<Map.Entry<Long, Running>> rows = running.entrySet().iterator(); rows.hasNext(); ) {
      Map.Entry<Long, Running> row = rows.next();
      String text = row.getValue().work.text();
      int done = ++row.getValue().steps;
      if (done == STEPS - 10 && !isMended) misbehave(text);
      if (done < STEPS) continue;
      rows.remove();
      ended.add(new Ended.Finished<>(row.getKey(), text.getBytes(UTF_8), done));
    }
    return ended;
  }

  @SuppressWarnings("restricted")
  private static void misbehave(String text) {
    if (text.contains(CRASH)) MemorySegment.ofAddress(0).reinterpret(8).get(ValueLayout.JAVA_LONG, 0);
    if (text.contains(THROW)) throw new IllegalStateException("a defect of the model");
  }

  @Override
  public List<PartialResult> takeParts(long execution) {
    return List.of();
  }

  @Override
  public void release(long execution) {
    running.remove(execution);
  }

  @Override
  public void close() {
    running.clear();
  }
}
