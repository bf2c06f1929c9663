package dev.penstock.systemtests.rig;

import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.standalone.infrastructure.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What a test runs on: a folder under `target/system-tests`, where the logs stay; a cluster; and instances. All
/// processes end with the test, or with this JVM. When a test fails the ends of the logs are printed.
public final class TestBed implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {

  private static final int LAST_LINES = 40;

  private final List<GeneratorInstance> instances = new ArrayList<>();
  private final Thread atExit = new Thread(this::endProcesses);
  private @Nullable Path folder;
  private @Nullable Cluster cluster;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    String test = context.getRequiredTestClass().getSimpleName() + "." + context.getRequiredTestMethod().getName();
    folder = Path.of("target", "system-tests", test).toAbsolutePath();
    Folders.remove(folder);
    Files.createDirectories(folder);
    cluster = new Cluster(folder.resolve("kafka"));
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  public Path folder() {
    return running(folder);
  }

  /// The cluster of this test. Not started.
  public Cluster cluster() {
    return running(cluster);
  }

  /// The cluster of this test, which this starts.
  public Cluster startCluster() throws IOException {
    return cluster().startKafka().startRegistry();
  }

  private static <T> T running(@Nullable T part) {
    if (part == null) throw new IllegalStateException("no test is running");
    return part;
  }

  /// An instance that works on this test's cluster. Not started.
  ///
  /// @param name it keeps over its processes
  public GeneratorInstance instance(String name) {
    return instance("generator-stream", name);
  }

  /// The same for another command of the program that takes the same settings.
  public synchronized GeneratorInstance instance(String command, String name) {
    Map<String, String> settings =
        Map.of("kafka.bootstrap.servers", cluster().bootstrapServers(), "schema.registry.url", cluster().registryUrl());
    GeneratorInstance instance = new GeneratorInstance(command, name, folder().resolve(name), settings, Map.of());
    instances.add(instance);
    return instance;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isEmpty()) return;
    for (GeneratorInstance instance : instances) System.out.println(instance.lastWords(LAST_LINES));
    System.out.println("---- the whole logs are in " + folder());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    endProcesses();
    Runtime.getRuntime().removeShutdownHook(atExit);
    cluster().close();
    Folders.remove(folder().resolve("kafka"));
  }

  private synchronized void endProcesses() {
    instances.forEach(GeneratorInstance::close);
  }
}
