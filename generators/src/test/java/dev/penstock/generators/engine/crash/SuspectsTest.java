package dev.penstock.generators.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified: whom a new process suspects after the one before it died. Only a native crash inside a step names
/// anybody, and it charges a request only if that ran alone.
class SuspectsTest {

  private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant RESTARTED = OPENED.plusSeconds(60);

  @TempDir Path folder;
  private CrashFolders folders;

  @BeforeEach
  void folders() throws IOException {
    folders = new CrashFolders(folder.resolve("state"), folder.resolve("logs"));
    Files.createDirectories(folders.crashLogs());
  }

  /// A process that died in a step of these requests.
  private void diesRunning(String... ids) throws IOException {
    FlightRecorder recorder = FlightRecorder.open(folders.recorders(), "lane", 1_500, OPENED.toEpochMilli());
    recorder.running(List.of(ids).stream().map(RecordedId::of).toList());
    recorder.enterStep();
  }

  private void leavesCrashLog(Instant written) throws IOException {
    Path log = folders.crashLogs().resolve("hs_err_pid" + ProcessHandle.current().pid() + ".log");
    Files.writeString(log, "#");
    Files.setLastModifiedTime(log, FileTime.from(written));
  }

  private void crashesRunning(String... ids) throws IOException {
    diesRunning(ids);
    leavesCrashLog(OPENED.plusSeconds(1));
  }

  private Suspects read() throws IOException {
    return Suspects.read(folders, RESTARTED);
  }

  @Test
  void suspectsAllThatRanInTheStepAndChargesNone() throws IOException {
    for (int i = 0; i < 5; i++) {
      crashesRunning("a", "b", "c");
      Suspects suspects = read();
      assertThat(suspects.ids()).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(suspects.crashedAloneTwice(RecordedId.of("a"))).isFalse();
    }
  }

  @Test
  void chargesTheOneThatRanAlone() throws IOException {
    crashesRunning("a");
    assertThat(read().crashedAloneTwice(RecordedId.of("a"))).isFalse();
    assertThat(read().crashedAloneTwice(RecordedId.of("a"))).as("one crash is charged once").isFalse();
    crashesRunning("a");
    Suspects suspects = read();
    assertThat(suspects.crashedAloneTwice(RecordedId.of("a"))).isTrue();
    assertThat(suspects.contains(RecordedId.of("b"))).isFalse();
  }

  @Test
  void suspectsNobodyAfterAKill() throws IOException {
    diesRunning("a");
    assertThat(read().ids()).isEmpty();
  }

  @Test
  void suspectsNobodyForTheCrashLogOfAnEarlierProcessWithTheSamePid() throws IOException {
    diesRunning("a");
    leavesCrashLog(OPENED.minusSeconds(1));
    assertThat(read().ids()).isEmpty();
  }

  @Test
  void suspectsNobodyWhenTheCrashWasOutsideOfAStep() throws IOException {
    FlightRecorder recorder = FlightRecorder.open(folders.recorders(), "lane", 8, OPENED.toEpochMilli());
    recorder.running(List.of(RecordedId.of("a")));
    recorder.enterStep();
    recorder.leaveStep();
    leavesCrashLog(OPENED.plusSeconds(1));
    assertThat(read().ids()).isEmpty();
  }

  @Test
  void suspectsNobodyWhenTheLaneWasIdle() throws IOException {
    FlightRecorder recorder = FlightRecorder.open(folders.recorders(), "lane", 8, OPENED.toEpochMilli());
    recorder.running(List.of(RecordedId.of("a")));
    recorder.running(List.of());
    recorder.enterStep();
    leavesCrashLog(OPENED.plusSeconds(1));
    assertThat(read().ids()).isEmpty();
  }

  @Test
  void forgetsWhoeverIsCleared() throws IOException {
    crashesRunning("a", "b");
    read().clear(RecordedId.of("a"));
    assertThat(read().ids()).containsExactly("b");
  }

  @Test
  void forgetsAfterAWeek() throws IOException {
    crashesRunning("a");
    read();
    assertThat(Suspects.read(folders, RESTARTED.plus(Duration.ofDays(7))).ids()).containsExactly("a");
    assertThat(Suspects.read(folders, RESTARTED.plus(Duration.ofDays(7).plusMillis(1))).ids()).isEmpty();
  }

  @Test
  void keepsAThousandAtMost() throws IOException {
    crashesRunning(IntStream.range(0, 1_200).mapToObj(i -> "id" + i).toArray(String[]::new));
    assertThat(read().ids()).hasSize(1_000);
    assertThat(Files.readAllLines(folders.recorders().resolve("suspects.tsv"))).hasSize(1_000);
  }

  @Test
  void recognisesAnIdOfAnyLengthAndAlphabet() throws IOException {
    String id = "tab\tnewline\nunicode\u00e9".repeat(20);
    crashesRunning(id, "plain");
    assertThat(read().contains(RecordedId.of(id))).isTrue();
  }

  @Test
  void removesTheRecorderOfAProcessThatEndedInGoodOrder() throws IOException {
    FlightRecorder recorder = FlightRecorder.open(folders.recorders(), "lane", 8, OPENED.toEpochMilli());
    recorder.close();
    assertThat(folders.recorders()).isEmptyDirectory();
  }

  @Test
  void passesOverAFileThatIsNoRecorder() throws IOException {
    Files.createDirectories(folders.recorders());
    Files.writeString(folders.recorders().resolve("x.flight"), "not one, but long enough to be taken for one");
    assertThat(read().ids()).isEmpty();
  }
}
