package dev.penstock.systemtests.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A folder with the script `penstock` as it is, a source tree of two files, a `java` that prints its arguments and a
/// `mvn` that counts its calls and writes what the real one would.
final class StandIns {

  record Result(int exitCode, String out, String err) {}

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "$*" >>"$(dirname "$0")/mvn.calls"
      echo '[INFO] Building Penstock schemas 0.1.0-SNAPSHOT                          [2/10]'
      echo "[INFO] JAVA_HOME $JAVA_HOME"
      if grep -q broken schemas/src/main/Source.java; then
        printf '%s\\n' '[INFO] COMPILING' '[ERROR] Source.java:[1,1] broken' '  symbol: class Broken' '[INFO] BUILD FAILURE' '[ERROR] Re-run Maven using -X'
        exit 1
      fi
      mkdir -p bench/target schemas/target
      touch bench/target/bench-0.1.0.jar schemas/target/schemas.jar
      printf '%s:/libraries/kafka.jar' "$PWD/schemas/target/schemas.jar" >bench/target/classpath
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      printf '%s\\n' "$@" "home=$PENSTOCK_HOME"
      """;

  /// What the script uses of the system; nothing else is on its path.
  private static final List<String> TOOLS =
      List.of(
          "env", "bash", "awk", "cat", "comm", "cp", "date", "dirname", "find", "flock", "grep", "head", "ls", "mkdir",
          "mv", "readlink", "rm", "sed", "sort", "tee", "touch", "tr");

  /// A folder with these alone; outlives the test, because a temporary folder warns of links that lead out of it.
  private static final Path SYSTEM = Path.of("target", "launcher-tools").toAbsolutePath();

  private final Path root;

  StandIns(Path folder) throws IOException {
    this.root = folder;
    write("tree/pom.xml", "<project/>");
    write("tree/bench/pom.xml", "<project/>");
    write("tree/schemas/pom.xml", "<project/>");
    write("tree/schemas/part/pom.xml", "<project/>");
    write("tree/schemas/part/src/main/Part.java", "");
    write("tree/schemas/src/main/Source.java", "fine");
    jdk("jdk", "25.0.3");
    program("bin/mvn", MAVEN);
    Files.createDirectories(SYSTEM);
    for (String tool : TOOLS)
      if (!Files.exists(SYSTEM.resolve(tool))) Files.createSymbolicLink(SYSTEM.resolve(tool), onPath(tool));
    Path original = Path.of("..", "penstock").toAbsolutePath().normalize();
    Files.copy(original, root.resolve("tree/penstock"));
  }

  Path path(String name) {
    return root.resolve(name);
  }

  Path tree() {
    return root.resolve("tree");
  }

  void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void program(String name, String content) throws IOException {
    write(name, content);
    Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// A JDK that says it has this version.
  Path jdk(String name, String version) throws IOException {
    program(name + "/bin/javac", "");
    program(name + "/bin/java", JAVA);
    write(name + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return root.resolve(name);
  }

  /// How often Maven was called, and with what.
  List<String> mavenCalls() throws IOException {
    Path calls = root.resolve("bin/mvn.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  Result penstock(String... arguments) {
    return run(tree().resolve("penstock"), root, Map.of(), arguments);
  }

  /// @param more wins over the environment that the script otherwise gets
  Result run(Path script, Path folder, Map<String, String> more, String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", root.resolve("bin") + ":" + SYSTEM);
    builder.environment().put("HOME", root.resolve("home").toString());
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    builder.environment().putAll(more);
    Path out = root.resolve("out.txt");
    Path err = root.resolve("err.txt");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " did not end");
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path onPath(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(tool + " is not on the PATH"));
  }
}
