package dev.penstock.generators.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.engine.Completion;
import dev.penstock.generators.engine.EngineClock;
import dev.penstock.generators.engine.EngineSettings;
import dev.penstock.generators.engine.crash.CrashFolders;
import dev.penstock.generators.engine.crash.Suspects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Specified, with processes that really die: a request that crashes the process takes it down with its neighbours
/// once, then alone twice, and then never again, while its neighbours are generated.
@Timeout(120)
class NativeCrashTest {

  @TempDir Path folder;
  private CrashFolders folders;

  @BeforeEach
  void folders() throws IOException {
    folders = new CrashFolders(folder.resolve("state"), folder.resolve("logs"));
    Files.createDirectories(folders.crashLogs());
  }

  /// The process: submits three requests and prints how each ended. A request that takes all slots goes first and
  /// ends once the others are prepared, so that these meet in one step.
  static final class Victim {
    public static void main(String[] args) throws Exception {
      CrashFolders folders = new CrashFolders(Path.of(args[0]), Path.of(args[1]));
      String fault = args[2];
      int prepared = Integer.parseInt(args[3]);
      FakeGenerator model = new FakeGenerator(4);
      CountDownLatch ends = new CountDownLatch(4);
      // The lane has the others prepared in the turn before it steps, so they must be there when the first is ready.
      CountDownLatch submitted = new CountDownLatch(1);
      model.duringPrepare = () -> await(submitted);
      model.duringStep = () -> {
        while (model.prepared.size() < prepared) Thread.onSpinWait();
      };
      try (StepEngine engine = new StepEngine(EngineSettings.withCrashEvidence(1, folders), EngineClock.system())) {
        engine.add("model", model);
        submit(engine, "first", Map.of("slots", 4), ends);
        submit(engine, "before", Map.of(), ends);
        submit(engine, "crasher", Map.of("fault", fault), ends);
        submit(engine, "after", Map.of(), ends);
        submitted.countDown();
        ends.await();
      }
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void submit(StepEngine engine, String id, Map<String, Object> parameters, CountDownLatch ends) {
      engine.submit("model", FakeGenerator.request(id, parameters), r -> r, new Printing<>(id, ends));
    }
  }

  private record Printing<T>(String id, CountDownLatch ends) implements Completion<T> {
    @Override
    public void completed(T value) {
      System.out.println(id + " completed");
      ends.countDown();
    }

    @Override
    public void failed(GenerationException cause) {
      System.out.println(id + " " + cause.reason());
      ends.countDown();
    }
  }

  private Process start(String fault, int prepared) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + folders.crashLogs().resolve("hs_err_pid%p.log"),
        "-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    command.addAll(List.of(folders.recorders().toString(), folders.crashLogs().toString(), fault, Integer.toString(prepared)));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private String run(int prepared) throws IOException, InterruptedException {
    Process process = start("native crash", prepared);
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }

  @Test
  void runsTheCrasherAloneTwiceAndThenNoMore() throws Exception {
    assertThat(run(4)).contains("SIGSEGV").doesNotContain("before completed");
    assertThat(run(4)).contains("SIGSEGV");
    assertThat(run(4)).contains("SIGSEGV");
    assertThat(run(3))
        .contains("before completed", "crasher CRASHED_THE_PROCESS", "after completed").doesNotContain("SIGSEGV");
    assertThat(Suspects.read(folders, Instant.now()).ids()).containsExactly("crasher");
  }

  @Test
  void suspectsNobodyAfterAKill() throws Exception {
    Process process = start("none", Integer.MAX_VALUE);
    await().until(() -> Files.isDirectory(folders.recorders()) && insideAStep());
    process.destroyForcibly().waitFor();
    assertThat(folders.recorders()).isDirectoryContaining("glob:**.flight");
    assertThat(Suspects.read(folders, Instant.now()).ids()).isEmpty();
  }

  /// The 4 bytes at 24 of the one recorder, see FlightRecorder.
  private boolean insideAStep() throws IOException {
    try (Stream<Path> files = Files.list(folders.recorders())) {
      Path recorder = files.filter(file -> file.toString().endsWith(".flight")).findFirst().orElse(null);
      if (recorder == null || Files.size(recorder) < 32) return false;
      return ByteBuffer.wrap(Files.readAllBytes(recorder)).order(ByteOrder.nativeOrder()).getInt(24) == 1;
    }
  }
}
