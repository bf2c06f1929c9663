package dev.penstock.chaos.cluster;

import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Program;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/// Everything that is disturbed: three brokers, a registry, a database, a sink and instances of generator-stream, each
/// a process of its own but the registry, on loopback, in one folder. Closing it ends them all.
public final class Site implements AutoCloseable {

  private static final short BROKER_DEFAULT = -1;
  private static final int SINK_HEAP_MEGABYTES = 256;
  private static final int SMALL_MEGABYTES = 192;

  private final OrderlyStop parts = new OrderlyStop();
  private final Path folder;
  private final SiteSettings settings;
  private final BrokerCluster brokers;
  private final EmbeddedRegistry registry;
  private final TcpProxy registryProxy;
  private final DatabaseServer database;
  private final Program sink;
  private final List<GeneratorInstance> instances = new ArrayList<>();
  private final GeneratorInstance spare;
  private final Optional<GeneratorInstance> offClock;
  private final Optional<MovableClock> clock;
  private final Optional<SmallFileSystem> smallFileSystem;

  private Site(Path folder, SiteSettings settings) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.settings = settings;
    try {
      clock = MovableClock.in(folder.resolve("clock"));
      smallFileSystem = SmallFileSystem.mount(folder.resolve("small"), SMALL_MEGABYTES);
      smallFileSystem.ifPresent(small -> parts.add("small file system", small));
      brokers =
          parts.add("brokers", BrokerCluster.start(folder, List.of(network(0), network(1)), settings.broker()));
      brokers.clients().createTopics(Topic.DEFAULT_PARTITIONS, BROKER_DEFAULT);
      registry = parts.add("registry", EmbeddedRegistry.start(brokers.clients(), Port.free()));
      registryProxy = parts.add("registry's proxy", TcpProxy.start(URI.create(registry.url()).getPort()));
      Path programs = ModelRepository.userCache(System.getenv()).resolveSibling("programs");
      database = parts.add("database", DatabaseServer.start(folder.resolve("database"), programs));
      sink = parts.add("sink", newSink());
      for (int i = 0; i < settings.instances(); i++) instances.add(parts.add("instance", instance(i)));
      spare = parts.add("instance", instance("spare", Map.of()));
      offClock = clock.map(movable -> parts.add("instance", instance("off-clock", movable.environment())));
    } catch (ExecutionException e) {
      parts.stop();
      throw new IOException("the topics cannot be created", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      parts.stop();
      throw new IOException("interrupted while the site was built", e);
    } catch (IOException | RuntimeException e) {
      parts.stop();
      throw e;
    }
  }

  /// Returns when the brokers take requests; sink and instances are not started.
  ///
  /// @param folder that is empty or not there
  public static Site build(Path folder, SiteSettings settings) throws IOException {
    return new Site(folder, settings);
  }

  /// The name of an instance's network, as [BrokerCluster#proxies] takes it.
  public static String network(int instance) {
    return instance == 0 ? "ONE" : "TWO";
  }

  private Program newSink() {
    return Program.penstock(
        "sink", folder.resolve("sink"), SINK_HEAP_MEGABYTES, Map.of("PENSTOCK_DATABASE_PASSWORD", database.password()));
  }

  /// The first two reach the brokers through proxies; the second has its inbox on the small file system.
  private GeneratorInstance instance(int index) {
    String servers = index < 2 ? brokers.bootstrapServers(network(index)) : brokers.bootstrapServers();
    Map<String, String> own = new TreeMap<>();
    if (index == 1) smallFileSystem.ifPresent(small -> own.put("state.dir", small.folder().resolve("state").toString()));
    return instance(List.of("one", "two", "three").get(index), servers, own, Map.of());
  }

  private GeneratorInstance instance(String name, Map<String, String> environment) {
    return instance(name, brokers.bootstrapServers(), Map.of(), environment);
  }

  private GeneratorInstance instance(
      String name, String servers, Map<String, String> own, Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(settings.generatorStream());
    all.put("kafka.bootstrap.servers", servers);
    all.put("schema.registry.url", registryUrl());
    all.put("models", "tiny-copywriter,fashion-cvae");
    all.putAll(own);
    return new GeneratorInstance(name, folder.resolve(name), all, environment);
  }

  /// Starts a sink, which must not run. Returns before it stores.
  public void startSink() {
    Map<String, String> all = new TreeMap<>(database.settings());
    all.put("kafka.bootstrap.servers", brokers.bootstrapServers());
    all.put("schema.registry.url", registryUrl());
    all.put("object.store.uri", folder.resolve("objects").toUri().toString());
    all.put("export.folder", "off");
    all.put("console.port", "0");
    all.put("sink.instance.id", "sink");
    List<String> arguments = new ArrayList<>(List.of("sink"));
    all.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    sink.start(arguments);
  }

  /// Starts everything that does not run, and returns when the instances work.
  public void startAll() {
    if (!sink.isRunning()) startSink();
    List<GeneratorInstance> down = instances.stream().filter(instance -> !instance.isRunning()).toList();
    down.forEach(GeneratorInstance::start);
    instances.forEach(GeneratorInstance::awaitReady);
  }

  public BrokerCluster brokers() {
    return brokers;
  }

  /// The proxy that the services reach the registry through.
  public TcpProxy registryProxy() {
    return registryProxy;
  }

  private String registryUrl() {
    return "http://%s:%d".formatted(Port.HOST, registryProxy.port());
  }

  /// The registry without the proxy.
  public String directRegistryUrl() {
    return registry.url();
  }

  public SchemaRegistry registry() {
    return new HttpSchemaRegistry(registry.url());
  }

  public KafkaClients clients() {
    return brokers.clients();
  }

  public DatabaseServer database() {
    return database;
  }

  public Program sink() {
    return sink;
  }

  /// Those that always run, but for faults.
  public List<GeneratorInstance> instances() {
    return List.copyOf(instances);
  }

  /// One more, which runs for a while when the site is scaled out.
  public GeneratorInstance spare() {
    return spare;
  }

  /// Another one, which follows the movable clock; there if the clock is.
  public Optional<GeneratorInstance> offClock() {
    return offClock;
  }

  /// The clock of one instance; empty if libfaketime is not installed.
  public Optional<MovableClock> clock() {
    return clock;
  }

  /// Where the second instance keeps its inbox; empty if this user may not mount.
  public Optional<SmallFileSystem> smallFileSystem() {
    return smallFileSystem;
  }

  @Override
  public void close() {
    parts.stop();
  }
}
