package dev.penstock.systemtests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.systemtests.launcher.StandIns.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script finds a JDK, builds what is out of date and only then, and hands its arguments to the program as they
/// are. What it has to say itself goes to standard error.
class LauncherTest {

  private StandIns standIns;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    // A blank in the path finds what forgot to quote it.
    standIns = new StandIns(Files.createDirectory(folder.resolve("a folder")));
  }

  @Test
  void buildsOnceAndStartsTheProgramWithTheArgumentsAsTheyAre() throws IOException {
    Result first = standIns.penstock("send", "two  words", "*", "");
    Result second = standIns.penstock("send", "two  words", "*", "");

    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("building: schemas\n", "building: done in ");
    assertThat(second.err()).isEmpty();
    assertThat(standIns.mavenCalls()).hasSize(1);
    assertThat(second.out())
        .endsWith("dev.penstock.runtime.cli.Penstock\nsend\ntwo  words\n*\n\nhome=%s\n".formatted(standIns.tree()));
    assertThat(second.out().lines())
        .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx768m");
  }

  @Test
  void theProgramRunsFromCopiesThatTheNextBuildLeavesAlone() throws IOException {
    String classPath = classPath(standIns.penstock());

    assertThat(classPath)
        .matches("-cp \".*/target/app/[^/]+/bench-0.1.0.jar:.*/target/app/[^/]+/schemas.jar:/libraries/kafka.jar\"\n");
    standIns.write("tree/schemas/src/main/Source.java", "changed");
    assertThat(classPath(standIns.penstock())).isNotEqualTo(classPath);
    assertThat(Path.of(classPath.substring("-cp \"".length(), classPath.indexOf(':')))).exists();
  }

  @Test
  void buildsAgainWhenASourceChangedCameOrWent() throws IOException {
    standIns.penstock();

    Files.setLastModifiedTime(
        standIns.tree().resolve("schemas/part/pom.xml"), FileTime.from(Instant.now().plusSeconds(1)));
    standIns.penstock();
    assertThat(standIns.mavenCalls()).hasSize(2);

    // The time stamp of the build must be younger than the file from the future.
    Files.setLastModifiedTime(standIns.tree().resolve("schemas/part/pom.xml"), FileTime.from(Instant.now()));
    standIns.write("tree/schemas/part/src/main/Added.java", "");
    standIns.penstock();
    assertThat(standIns.mavenCalls()).hasSize(3);

    Files.createDirectories(standIns.tree().resolve("schemas/target/classes"));
    Files.delete(standIns.tree().resolve("schemas/part/src/main/Added.java"));
    standIns.penstock();
    assertThat(standIns.mavenCalls()).hasSize(4);
    assertThat(standIns.tree().resolve("schemas/target/classes")).doesNotExist();
  }

  @Test
  void theBuildForGpusIsOneOfItsOwnBesideTheOther() throws IOException {
    standIns.penstock("send");
    Result first = standIns.penstock("--gpu", "send");
    Result again = standIns.penstock("--gpu", "send");
    standIns.penstock("send");

    assertThat(standIns.mavenCalls()).hasSize(2);
    assertThat(standIns.mavenCalls().getFirst()).doesNotContain("-Pgpu");
    assertThat(standIns.mavenCalls().getLast()).contains("-Pgpu");
    assertThat(first.out()).contains("Penstock\nsend\n").doesNotContain("--gpu");
    assertThat(again.err()).isEmpty();
    assertThat(standIns.tree().resolve("target/app-gpu")).isDirectory();
  }

  @Test
  void aFailedBuildShowsMavensErrorsAndStartsNothing() throws IOException {
    standIns.write("tree/schemas/src/main/Source.java", "broken");

    Result result = standIns.penstock("send");

    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("[ERROR] Source.java:[1,1] broken\n  symbol: class Broken\npenstock: the build failed; ")
        .doesNotContain("COMPILING", "Re-run Maven");
    standIns.write("tree/schemas/src/main/Source.java", "fine");
    assertThat(standIns.penstock("send").exitCode()).isZero();
  }

  @Test
  void worksThroughALinkFromAnyFolder() throws IOException {
    Path elsewhere = Files.createDirectory(standIns.path("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("ps"), Path.of("..", "tree", "penstock"));

    Result result = standIns.run(link, elsewhere, Map.of(), "--version");

    assertThat(result.out()).endsWith("--version\nhome=%s\n".formatted(standIns.tree()));
  }

  @Test
  void findsAJdkThatIsNewEnoughWhereverItLies() throws IOException {
    Path old = standIns.jdk("old", "21.0.1");
    Path newer = standIns.jdk("home/.jdks/newer", "99-ea");
    needs(99);

    standIns.run(standIns.tree().resolve("penstock"), standIns.tree(), Map.of("JAVA_HOME", old.toString()), "x");

    assertThat(Files.readString(standIns.tree().resolve("target/build.log"))).contains("JAVA_HOME " + newer + "\n");
  }

  @Test
  void saysWhatToInstallWhenThereIsNoJdkOrNoMaven() throws IOException {
    Files.delete(standIns.path("bin/mvn"));
    assertThat(standIns.penstock())
        .isEqualTo(
            new Result(
                1,
                "",
                "penstock: needs Apache Maven to build itself and there is no mvn on the PATH; install it, for example with: apt install maven, or brew install maven.\n"));

    needs(98);
    Result result = standIns.penstock();
    assertThat(result.exitCode()).isOne();
    assertThat(result.err())
        .startsWith("penstock: needs a JDK 98 or newer and found none in JAVA_HOME (%s)".formatted(standIns.path("jdk")))
        .hasLineCount(1);
  }

  @Test
  void takesMoreJavaOptionsAndTheirChoiceOfCollector() {
    Path script = standIns.tree().resolve("penstock");
    String options = "-Xmx2g -XX:+UseG1GC";

    Result result = standIns.run(script, standIns.tree(), Map.of("PENSTOCK_JAVA_OPTS", options), "demo");

    assertThat(result.out().lines()).contains("-Xmx2g", "-XX:+UseG1GC").doesNotContain("-XX:+UseSerialGC");
    assertThat(standIns.penstock("demo").out().lines()).contains("-XX:+UseSerialGC");
  }

  @Test
  void testRunsMavenForEverythingThatIsNamedAndWhatItNeeds() throws IOException {
    Result result = standIns.penstock("test", "-pl", "producer", "-Dtest=PromptSenderTest");

    assertThat(result.exitCode()).isZero();
    assertThat(standIns.mavenCalls().getLast())
        .isEqualTo(
            "-ntp verify -pl producer -Dtest=PromptSenderTest -am -Dsurefire.failIfNoSpecifiedTests=false");
  }

  @Test
  void cleanRemovesWhatWasBuilt() {
    standIns.penstock();

    standIns.penstock("clean");

    assertThat(standIns.tree().resolve("target")).doesNotExist();
    assertThat(standIns.tree().resolve("bench/target")).doesNotExist();
    assertThat(standIns.tree().resolve("schemas/src/main/Source.java")).exists();
  }

  /// Makes the script need a release that this machine does not have.
  private void needs(int release) throws IOException {
    Path script = standIns.tree().resolve("penstock");
    Files.writeString(
        script, Files.readString(script).replace("NEEDED_JAVA=25", "NEEDED_JAVA=" + release));
  }

  private String classPath(Result result) throws IOException {
    String arguments = result.out().lines().filter(line -> line.startsWith("@")).findFirst().orElseThrow();
    return Files.readString(Path.of(arguments.substring(1)));
  }
}
