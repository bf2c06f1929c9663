package dev.penstock.bench.peers;

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

/// Other programs, installed once into a folder of the user's cache by npm and pip, and started from there.
///
/// @param folder theirs alone
record PeerTools(Path folder) {

  static final String NODE_LLAMA_CPP = "3.22.1";
  static final String GGUF = "0.19.0";
  private static final long PATIENCE_MINUTES = 20;

  /// A program that could not be installed or did not run; the message says why.
  static final class PeerMissing extends Exception {
    private static final long serialVersionUID = 1;

    PeerMissing(String message) {
      super(message);
    }
  }

  /// node-llama-cpp with the libraries that its package brings; nothing is compiled.
  Path llama() throws IOException, InterruptedException, PeerMissing {
    Path home = Files.createDirectories(folder.resolve("node-llama-cpp-" + NODE_LLAMA_CPP));
    if (!Files.isDirectory(home.resolve("node_modules/node-llama-cpp"))) {
      Files.writeString(home.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}\n");
      run(
          home, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "node-llama-cpp@" + NODE_LLAMA_CPP,
          "@node-llama-cpp/linux-x64@" + NODE_LLAMA_CPP);
    }
    return script(home, "llama.mjs");
  }

  /// A Python with one package.
  Path python(String requirement) throws IOException, InterruptedException, PeerMissing {
    Path home = folder.resolve("python-" + requirement.replace("==", "-"));
    Path python = home.resolve("bin/python");
    if (Files.exists(home.resolve("installed"))) return python;
    Files.createDirectories(home);
    run(folder, "python3", "-m", "venv", home.toString());
    run(folder, python.toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement);
    Files.createFile(home.resolve("installed"));
    return python;
  }

  /// A script of ours beside what it needs.
  static Path script(Path home, String name) throws IOException {
    try (InputStream script = PeerTools.class.getResourceAsStream("/peers/" + name)) {
      Files.copy(Objects.requireNonNull(script, name), home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return home.resolve(name);
  }

  /// Runs a program to its end and returns its last line.
  String run(Path directory, String... command) throws IOException, InterruptedException, PeerMissing {
    Path output = folder.resolve("output-" + ProcessHandle.current().pid() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Process process;
    try {
      process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException e) {
      throw new PeerMissing(command[0] + " cannot be started: " + e.getMessage());
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
