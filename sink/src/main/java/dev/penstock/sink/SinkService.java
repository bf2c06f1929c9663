package dev.penstock.sink;

import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.kafka.RightsCheck;
import dev.penstock.runtime.kafka.StartFailures;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.sink.console.Console;
import dev.penstock.sink.console.ConsoleSettings;
import dev.penstock.sink.database.ContentDatabase;
import dev.penstock.sink.database.Database;
import dev.penstock.sink.flow.Counts;
import dev.penstock.sink.flow.SinkPipeline;
import dev.penstock.sink.flow.Source;
import dev.penstock.sink.flow.TopicIds;
import dev.penstock.sink.flow.WaitLine;
import dev.penstock.sink.gallery.GalleryFile;
import dev.penstock.sink.objects.BodyKeeper;
import dev.penstock.sink.objects.ExportFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sink: one thread that stores, and the console. [#start] once, [#close] once; any thread may ask the rest.
public final class SinkService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SinkService.class);

  private final SinkSettings settings;
  private final PrintStream out;
  private final Counts counts = new Counts();
  private final Database database;
  private final ObjectStore store;
  private final Admin admin;
  private final TopicIds topicIds;
  private final Consumer<byte[], byte[]> consumer;
  private final HttpSchemaRegistry registry;
  private final SinkPipeline pipeline;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean isRunning;
  private volatile @Nullable Thread starter;
  private volatile @Nullable Console console;

  /// Connects to nothing yet.
  ///
  /// @param out where lines about waiting go
  public SinkService(SinkSettings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
    this.database = new Database(settings.database());
    this.store = ObjectStore.open(settings.objectStore());
    this.admin = settings.kafka().admin();
    this.consumer = consumer(settings);
    this.topicIds = TopicIds.from(admin);
    this.registry = new HttpSchemaRegistry(settings.schemaRegistry());
    Source source = new Source(consumer, topicIds, registry);
    this.pipeline =
        new SinkPipeline(source, keeper(), new ContentDatabase(database), counts, new WaitLine(out));
  }

  private static Consumer<byte[], byte[]> consumer(SinkSettings settings) {
    Map<String, Object> consumer = new HashMap<>();
    consumer.put("group.id", settings.group());
    consumer.put("client.id", settings.group());
    consumer.put("auto.offset.reset", "earliest");
    consumer.put("allow.auto.create.topics", "false");
    consumer.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    // A member that is gone is replaced after the session time, one with a name as soon as it is back.
    consumer.put("session.timeout.ms", "6000");
    consumer.put("heartbeat.interval.ms", "2000");
    if (!settings.instanceId().isEmpty()) consumer.put("group.instance.id", settings.instanceId());
    consumer.put("default.api.timeout.ms", "10000");
    consumer.put("metadata.max.age.ms", "30000");
    consumer.put("fetch.max.bytes", Integer.toString(16 << 20));
    return settings.kafka().consumer(consumer);
  }

  private BodyKeeper keeper() {
    ExportFolder exports =
        settings.exportFolder().equals("off")
            ? ExportFolder.off()
            : ExportFolder.at(Path.of(settings.exportFolder()));
    return new BodyKeeper(store, exports);
  }

  /// Waits for the database and the topics, brings the schema up to date, then stores on a thread of its own.
  ///
  /// @throws dev.penstock.runtime.UserError if the database cannot be used as it is
  public void start() throws InterruptedException {
    starter = Thread.currentThread();
    try {
      awaitDatabaseAndKafka();
      ConsoleSettings wanted = settings.console();
      if (wanted != null) console = Console.start(wanted, database, store);
      isRunning = true;
      Thread.ofPlatform().name("sink").start(this::runPipeline);
    } finally {
      starter = null;
    }
  }

  private void awaitDatabaseAndKafka() throws InterruptedException {
    StartupWait wait = new StartupWait(out, settings.startPatience());
    Object servers = settings.kafka().common().get("bootstrap.servers");
    RightsCheck rights = new RightsCheck(settings.kafka(), SinkRights.of(settings.group()));
    wait.until("database " + settings.database().shownUrl(), database::migrate);
    wait.until(
        "Kafka " + servers,
        StartFailures.explained(
            servers,
            () -> {
              if (settings.kafka().isSecured()) rights.run();
              topicIds.of(SinkPipeline.TOPICS);
            }));
    wait.until("schema registry " + settings.schemaRegistry(), StartFailures.explained(servers, registry::check));
  }

  private void runPipeline() {
    try {
      pipeline.run();
      ended.complete(null);
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("the sink stopped");
      ended.completeExceptionally(e);
    } finally {
      isRunning = false;
    }
  }

  /// Blocks until the sink was closed.
  ///
  /// @throws CompletionException with the reason, if it stopped by itself
  public void awaitEnd() {
    ended.join();
  }

  /// Whether it stores what arrives.
  public boolean isReady() {
    return isRunning;
  }

  /// Where the console is.
  ///
  /// @throws IllegalStateException before [#start] returned, or where another process shows it
  public URI consoleUri() {
    Console started = console;
    if (started == null) throw new IllegalStateException("the console is not started");
    return started.uri();
  }

  /// Writes the newest content as a gallery that is one file.
  ///
  /// @param limit how many pieces at most
  /// @throws IOException if the file cannot be written or a body is not in the object store
  public void writeGallery(Path file, String title, int limit) throws IOException {
    GalleryFile.write(file, title, database, store, limit);
  }

  /// Figures since the start.
  public Map<String, Long> status() {
    return counts.all();
  }

  public Counts counts() {
    return counts;
  }

  /// Lets the batch in hand end, leaves the group, closes the connections.
  @Override
  public void close() {
    Thread waiting = starter;
    if (waiting != null) waiting.interrupt();
    Console started = console;
    if (started != null) started.close();
    pipeline.stop();
    if (isRunning) ended.exceptionally(e -> null).join();
    else if (!ended.isDone()) consumer.close();
    admin.close();
    database.close();
  }
}
