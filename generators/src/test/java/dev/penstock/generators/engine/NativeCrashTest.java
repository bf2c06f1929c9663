package dev.penstock.generators.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.engine.crash.CrashFolders;
import dev.penstock.generators.engine.crash.Suspects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified, with processes that really die: a request that crashes the process takes it down with its neighbours
/// once, then alone twice, and then never again, while its neighbours are generated.
class NativeCrashTest {

  @TempDir Path folder;
  private CrashFolders folders;

  @BeforeEach
  void folders() throws IOException {
    folders = new CrashFolders(folder.resolve("state"), folder.resolve("logs"));
    Files.createDirectories(folders.crashLogs());
  }

  /// The process: submits three requests and prints how each ended.
  static final class Victim {
    public static void main(String[] args) throws Exception {
      CrashFolders folders = new CrashFolders(Path.of(args[0]), Path.of(args[1]));
      StepEngine engine = new StepEngine(EngineSettings.withCrashEvidence(1, folders), EngineClock.system());
      FakeGenerator model = new FakeGenerator(4);
      boolean hangs = args[2].equals("hang");
      CountDownLatch together = new CountDownLatch(1);
      model.duringStep = () -> hang(hangs);
      CountDownLatch ends = new CountDownLatch(3);
      model.duringPrepare = () -> hold(together);
      engine.add("model", model);
      for (String id : List.of("before", "crasher", "after")) {
        String fault = id.equals("crasher") ? args[2] : "";
        engine.submit("model", FakeGenerator.request(id, Map.of("fault", fault)), r -> r, new Printing<>(id, ends));
      }
      together.countDown();
      ends.await();
      engine.close();
    }

    private static void hold(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void hang(boolean hangs) {
      if (!hangs) return;
      System.out.println("in step");
      hold(new CountDownLatch(1));
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

  private Process start(String fault) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + folders.crashLogs().resolve("hs_err_pid%p.log"),
        "-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    command.addAll(List.of(folders.recorders().toString(), folders.crashLogs().toString(), fault));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private String run(String fault) throws IOException, InterruptedException {
    Process process = start(fault);
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }

  @Test
  void runsTheCrasherAloneTwiceAndThenNoMore() throws Exception {
    assertThat(run("native crash")).contains("SIGSEGV").doesNotContain("completed");
    assertThat(run("native crash")).contains("SIGSEGV").contains("before completed");
    assertThat(run("native crash")).contains("SIGSEGV");
    assertThat(run("native crash"))
        .contains("before completed", "crasher CRASHED_THE_PROCESS", "after completed").doesNotContain("SIGSEGV");
    assertThat(Suspects.read(folders, Instant.now()).ids()).containsExactly("crasher");
  }

  @Test
  void suspectsNobodyAfterAKill() throws Exception {
    Process process = start("hang");
    assertThat(process.inputReader().readLine()).isEqualTo("in step");
    process.destroyForcibly().waitFor();
    assertThat(folders.recorders()).isDirectoryContaining("glob:**.flight");
    assertThat(Suspects.read(folders, Instant.now()).ids()).isEmpty();
  }
}
