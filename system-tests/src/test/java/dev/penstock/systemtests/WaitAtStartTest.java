package dev.penstock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.TestBed;
import dev.penstock.systemtests.rig.Workload;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A process that is started too early waits, says so every few seconds, and serves as soon as it can. One that is
/// started wrongly ends with exit code 1 and one sentence that says what to mend.
final class WaitAtStartTest {

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  void servesOnceBrokerAndRegistryAreThere() throws Exception {
    Cluster cluster = bed.cluster();
    GeneratorInstance early = bed.instance("early").start();
    awaitTwoLines(early, "waiting for Kafka at " + cluster.bootstrapServers() + ": ");
    cluster.startKafka();
    awaitTwoLines(early, "waiting for the schema registry at " + cluster.registryUrl() + ": ");
    cluster.startRegistry();
    early.awaitReady();
    new Workload("prompt", 0, 6).sendTo(cluster);
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      recount.awaitEnd(Patience.FOR_WORK).mustHold(new NothingLost(), new NothingTwice());
    }
  }

  private static void awaitTwoLines(GeneratorInstance instance, String beginning) {
    await(beginning)
        .atMost(Patience.FOR_A_PROCESS)
        .until(() -> instance.process().lines().stream().filter(line -> line.startsWith(beginning)).count() >= 2);
  }

  @Test
  void endsInOrderWhenItIsToldToWhileItWaits() {
    GeneratorInstance early = bed.instance("early").start();
    await().atMost(Patience.FOR_A_PROCESS).until(() -> early.process().output().contains("waiting for Kafka"));

    assertThat(early.process().terminate()).isZero();
    assertThat(early.crashReports()).isEmpty();
  }

  @Test
  void refusesAnUnknownKey() {
    assertRefused(Map.of("no.such.key", "1"), "unknown key no.such.key (command line); allowed are ");
  }

  @Test
  void refusesAValueOutOfRange() {
    assertRefused(Map.of("plan.threads", "0"), "plan.threads is '0' (command line), allowed is ");
  }

  @Test
  void refusesToRunWithoutTheGpuThatWasAskedFor() {
    assumeThat(Path.of("/proc/driver/nvidia")).as("there is no NVIDIA driver").doesNotExist();

    assertRefused(Map.of("device", "cuda:0"), "device is cuda:0, and ");
  }

  @Test
  void refusesAModelThatIsNotThere() {
    assertRefused(Map.of("models", "no-such-model"), "Model no-such-model is in none of ");
  }

  @Test
  void refusesAFolderThatIsNoModel() throws Exception {
    Path folder = Files.createDirectories(bed.folder().resolve("models").resolve("half"));
    Files.writeString(folder.resolve("model.yaml"), "name: half\nversion: one\n");

    assertRefused(
        Map.of("models", "half", "models.dir", folder.getParent().toString()), folder.resolve("model.yaml").toString());
  }

  @Test
  void refusesAModelFileThatWasChanged() throws Exception {
    Path folder = copyOfTinyCopywriter();
    byte[] graph = Files.readAllBytes(folder.resolve("model.onnx"));
    graph[graph.length / 2] ^= 1;
    Files.write(folder.resolve("model.onnx"), graph);

    assertRefused(
        Map.of("models.dir", folder.getParent().toString()),
        folder.resolve("model.onnx") + " is not the file that model.yaml lists");
  }

  private Path copyOfTinyCopywriter() throws Exception {
    Path original = Path.of(System.getenv("PENSTOCK_HOME"), "models", "tiny-copywriter");
    Path copy = Files.createDirectories(bed.folder().resolve("models").resolve("tiny-copywriter"));
    try (Stream<Path> files = Files.list(original)) {
      for (Path file : files.toList()) Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  @Test
  void refusesAHealthPortThatIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertRefused(
          Map.of("health.port", Integer.toString(taken.getLocalPort())),
          "health.port is %d, which another program listens on".formatted(taken.getLocalPort()));
    }
  }

  /// The last line is the sentence, and no line is of a stack trace.
  private void assertRefused(Map<String, String> settings, String sentence) {
    GeneratorInstance wrong = bed.instance("wrong").start(settings);

    assertThat(wrong.process().awaitExit()).isEqualTo(1);
    assertThat(wrong.process().lines().getLast()).startsWith("penstock: ").contains(sentence);
    assertThat(wrong.process().lines()).noneMatch(line -> line.startsWith("\tat "));
  }
}
