package dev.penstock.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An instance of `penstock generator-stream`, or of a command like it; it serves tiny-copywriter unless it is told otherwise. It keeps its name
/// and its folder over several processes, of which one runs at a time. One thread at a time.
public final class GeneratorInstance implements AutoCloseable {

  private static final Pattern HEALTH = Pattern.compile("health at (http://\\S+)");
  private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

  /// How the thread that steps a model is named.
  private static final String LANE_THREAD = "lane-";

  private static final int HEAP_MEGABYTES = 768;

  private final String command;
  private final String name;
  private final Path folder;
  private final Map<String, String> settings;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ONE_ANSWER).build();
  private final List<ProgramProcess> processes = new ArrayList<>();
  private @Nullable URI health;
  private boolean isClosed;

  /// @param folder where its state, its crash reports and its logs lie
  /// @param settings of generator-stream
  /// @param environment added to this process's own
  public GeneratorInstance(String name, Path folder, Map<String, String> settings, Map<String, String> environment) {
    this("generator-stream", name, folder, settings, environment);
  }

  /// The same for another command of the program that takes the same settings.
  public GeneratorInstance(
      String command, String name, Path folder, Map<String, String> settings, Map<String, String> environment) {
    this.command = command;
    this.name = name;
    this.folder = folder;
    this.settings = new TreeMap<>(settings);
    this.environment = Map.copyOf(environment);
    set("models", "tiny-copywriter");
    // Prompts with the same seed shall all be generated.
    set("results.cache.mb", "0");
    set("instance.id", name);
    set("state.dir", folder.resolve("state").toString());
    set("crash.dir", folder.resolve("evidence").toString());
    set("object.store.uri", folder.resolveSibling("objects").toUri().toString());
  }

  private void set(String key, String value) {
    settings.putIfAbsent(key, value);
  }

  /// Starts a process. Returns before it is ready.
  public GeneratorInstance start() {
    return start(Map.of());
  }

  /// Starts a process with settings of its own. Returns before it is ready.
  public GeneratorInstance start(Map<String, String> more) {
    List<String> arguments = arguments(more);
    // Whoever closes it meanwhile, as an interrupt does, leaves no process behind.
    synchronized (processes) {
      launch(arguments);
    }
    return this;
  }

  private List<String> arguments(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(more);
    List<String> arguments = new ArrayList<>(List.of(command));
    all.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return arguments;
  }

  private void launch(List<String> arguments) {
    if (isClosed) throw new IllegalStateException(name + " is closed");
    if (isRunning()) throw new IllegalStateException(name + " is running");
    health = null;
    try {
      Files.createDirectories(folder);
      Path log = folder.resolve("process-%d.log".formatted(processes.size() + 1));
      processes.add(
          ProgramProcess.start(
              new Launch(
                  ProgramProcess.PENSTOCK, arguments, HEAP_MEGABYTES, folder.resolve("crash"), log, environment)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isRunning() {
    return !processes.isEmpty() && process().isAlive();
  }

  /// The one that runs or ran last.
  public ProgramProcess process() {
    return processes.getLast();
  }

  public String name() {
    return name;
  }

  public Path folder() {
    return folder;
  }

  /// Crashes the process in the thread that steps a model.
  ///
  /// @return false if no model is loaded yet
  public boolean crashWhileItSteps() {
    return process().crash(LANE_THREAD);
  }

  /// Waits until it has tasks and works on them.
  public GeneratorInstance awaitReady() {
    awaitLiving("is ready", Patience.FOR_A_PROCESS, this::isReady, isReady -> isReady);
    return this;
  }

  public boolean isReady() {
    return get("/health/ready").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /// Looks at its status often until it is as wanted.
  ///
  /// @return the status that was
  public Status awaitStatus(String what, Predicate<Status> wanted) {
    return awaitLiving(what, Patience.FOR_WORK, () -> status().orElse(Status.NONE), wanted);
  }

  /// A wait that ends at once when the process does.
  private <T> T awaitLiving(String what, Duration atMost, Supplier<T> look, Predicate<T> wanted) {
    return Wait.until(name + " " + what, atMost, this::requireAlive, look, wanted);
  }

  private void requireAlive() {
    if (!process().isAlive()) throw new IllegalStateException(name + " ended by itself: " + process().state());
  }

  /// Empty while it does not answer.
  public Optional<Status> status() {
    return get("/status").map(answer -> Status.parse(answer.body()));
  }

  private Optional<HttpResponse<String>> get(String path) {
    if (health == null) {
      Matcher line = HEALTH.matcher(process().output());
      if (!line.find()) return Optional.empty();
      health = URI.create(line.group(1));
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(health.resolve(path)).timeout(ONE_ANSWER).build();
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " was asked", e);
    }
  }

  /// What the JVM wrote when it crashed; empty if no process of this instance did.
  public List<Path> crashReports() {
    try (Stream<Path> files = Files.list(folder.resolve("crash"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the JVM wrote when one process crashed; empty if it did not.
  public List<Path> crashReportsOf(ProgramProcess one) {
    String name = "hs_err_pid%d.log".formatted(one.pid());
    return crashReports().stream().filter(file -> file.getFileName().toString().equals(name)).toList();
  }

  /// The last lines of every process's log, for a person who reads why something failed.
  public String lastWords(int lines) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < processes.size(); i++) {
      List<String> all = processes.get(i).lines();
      words.append("---- %s, process %d, %s, %d lines%n".formatted(name, i + 1, processes.get(i).state(), all.size()));
      all.subList(Math.max(0, all.size() - lines), all.size()).forEach(line -> words.append(line).append('\n'));
    }
    return words.toString();
  }

  @Override
  public void close() {
    synchronized (processes) {
      isClosed = true;
      processes.forEach(ProgramProcess::close);
    }
    http.close();
  }
}
