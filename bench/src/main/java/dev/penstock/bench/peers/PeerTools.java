package dev.penstock.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Other programs, installed once into a folder of the user's cache by npm and pip as their `package.json` and
/// `requirements.txt` among our resources pin them, and started from there.
///
/// @param folder theirs alone
record PeerTools(Path folder) {

  private static final long PATIENCE_MINUTES = 30;

  /// A program that could not be installed or did not run; the message says why.
  static final class PeerMissing extends Exception {
    private static final long serialVersionUID = 1;

    PeerMissing(String message) {
      super(message);
    }
  }

  /// A folder with the packages of `program` for Node.js, with the libraries that they bring; nothing is compiled.
  Path node(String program) throws IOException, InterruptedException, PeerMissing {
    Path home = home(program, "package.json");
    // npm writes this file when all is there.
    if (!Files.exists(home.resolve("node_modules/.package-lock.json")))
      run(home, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock");
    return home;
  }

  /// A folder with a Python in `bin` that has the packages of `program`.
  Path python(String program) throws IOException, InterruptedException, PeerMissing {
    Path home = home(program, "requirements.txt");
    if (Files.exists(home.resolve("installed"))) return home;
    run(home, "python3", "-m", "venv", ".");
    run(
        home, home.resolve("bin/python").toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "-r", "requirements.txt");
    Files.createFile(home.resolve("installed"));
    return home;
  }

  /// A folder that is another one when the pinned versions change.
  private Path home(String program, String pins) throws IOException {
    Path draft = script(Files.createDirectories(folder), program, pins);
    Path home = Files.createDirectories(folder.resolve(program + "-" + Sha256.of(draft).substring(0, 8)));
    Files.move(draft, home.resolve(pins), StandardCopyOption.REPLACE_EXISTING);
    return home;
  }

  /// The versions that `package.json` or `requirements.txt` of a program pin.
  static String versions(String program, String pins) throws IOException {
    try (InputStream in = resource(program, pins)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return pins.endsWith(".json")
          ? new ObjectMapper().readTree(text).get("dependencies").toString().replaceAll("[{}\"]", "").replace(",", ", ")
          : String.join(", ", text.lines().filter(line -> !line.startsWith("#")).toList());
    }
  }

  /// A file of ours for `program`, put beside what it needs.
  static Path script(Path home, String program, String name) throws IOException {
    try (InputStream script = resource(program, name)) {
      Files.copy(script, home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return home.resolve(name);
  }

  private static InputStream resource(String program, String name) {
    return Objects.requireNonNull(PeerTools.class.getResourceAsStream("/peers/" + program + "/" + name), name);
  }

  /// Writes the load to a file, runs a command with the file's name behind it, and reads what it prints.
  PeerRun answer(PeerLoad load, Path directory, String... command)
      throws IOException, InterruptedException, PeerMissing {
    Path file = folder.resolve("load.json");
    load.write(file);
    List<String> all = new ArrayList<>(List.of(command));
    all.add(file.toString());
    return PeerRun.parse(run(directory, all.toArray(String[]::new)));
  }

  /// Runs a program to its end and returns its last line.
  String run(Path directory, String... command) throws IOException, InterruptedException, PeerMissing {
    Path output = folder.resolve("output-" + ProcessHandle.current().pid() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    // Nothing is fetched but packages, by npm and pip.
    builder.environment().put("HF_HUB_OFFLINE", "1");
    Process process;
    try {
      process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException e) {
      throw new PeerMissing(
          command[0] + " cannot be started (" + e.getMessage()
              + "); Node.js from version 20 on with npm, and python3 with venv, are needed");
    }
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) throw new PeerMissing(command[0] + " did not end");
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = new ArrayList<>(new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList());
    Files.delete(output);
    lines.removeIf(String::isBlank);
    String last = lines.isEmpty() ? "" : lines.getLast();
    if (process.exitValue() != 0) throw new PeerMissing(command[0] + " failed: " + last);
    return last;
  }
}
