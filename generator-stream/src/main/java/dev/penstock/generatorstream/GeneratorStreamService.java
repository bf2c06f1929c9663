package dev.penstock.generatorstream;

import dev.penstock.generators.engine.Engine;
import dev.penstock.generatorstream.admit.Admission;
import dev.penstock.generatorstream.admit.AdmitProcessor;
import dev.penstock.generatorstream.admit.Limits;
import dev.penstock.generatorstream.cancel.CancelProcessor;
import dev.penstock.generatorstream.inbox.InboxAges;
import dev.penstock.generatorstream.inbox.InboxLimits;
import dev.penstock.generatorstream.inbox.InboxProcessor;
import dev.penstock.generatorstream.inbox.OpenStores;
import dev.penstock.generatorstream.inbox.Submission;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.generatorstream.route.ChunkWriter;
import dev.penstock.generatorstream.route.ContentStage;
import dev.penstock.generatorstream.route.Routing;
import dev.penstock.generatorstream.shared.Saved;
import dev.penstock.generatorstream.shared.SharedWork;
import dev.penstock.generatorstream.streams.CommitPace;
import dev.penstock.generatorstream.streams.FencedClients;
import dev.penstock.generatorstream.streams.LastRead;
import dev.penstock.generatorstream.streams.StreamsSettings;
import dev.penstock.generatorstream.telemetry.StreamFigures;
import dev.penstock.generatorstream.telemetry.Telemetry;
import dev.penstock.generatorstream.templates.PromptTemplates;
import dev.penstock.runtime.StartupWait;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.kafka.RightsCheck;
import dev.penstock.runtime.kafka.StartFailures;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.CancellationRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.RememberedUnknowns;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the topology beside an engine that somebody else owns. The engine must outlive it: close this first.
public final class GeneratorStreamService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GeneratorStreamService.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final GeneratorStreamConfig config;
  private final KafkaStreams streams;
  private final ChunkWriter chunks;
  private final InboxLimits limits;
  private final CompletableFuture<UserError> refusal;
  private final SharedWork shared;
  private final String clusterId;

  private GeneratorStreamService(
      GeneratorStreamConfig config,
      KafkaStreams streams,
      ChunkWriter chunks,
      InboxLimits limits,
      CompletableFuture<UserError> refusal,
      SharedWork shared,
      String clusterId) {
    this.clusterId = clusterId;
    this.config = config;
    this.streams = streams;
    this.chunks = chunks;
    this.limits = limits;
    this.refusal = refusal;
    this.shared = shared;
  }

  /// Waits for broker and registry, creates what is missing of the catalogue, and starts. Returns before the first
  /// task is assigned: see [#isReady].
  public static GeneratorStreamService start(
      GeneratorStreamConfig config, Engine engine, ServedModels models, StartupWait wait)
      throws InterruptedException {
    return start(config, engine, models, wait, Telemetry.unobserved());
  }

  /// The same, observed.
  public static GeneratorStreamService start(
      GeneratorStreamConfig config, Engine engine, ServedModels models, StartupWait wait, Telemetry telemetry)
      throws InterruptedException {
    return start(config, engine, models, FoundCluster.await(config, wait), telemetry);
  }

  /// The same where broker and registry were found before.
  static GeneratorStreamService start(
      GeneratorStreamConfig config, Engine engine, ServedModels models, FoundCluster cluster, Telemetry telemetry) {
    TopicLayout layout = cluster.layout();
    SchemaRegistry registry = cluster.registry();
    InboxLimits limits =
        new InboxLimits(
            new AtomicLong(),
            config.inboxMaxEntries(),
            config.inboxWindow(),
            config.tenantShare(layout.partitions()));
    ChunkWriter chunks = ChunkWriter.open(cluster.kafka(), registry);
    SharedWork shared = new SharedWork(engine, config.resultsCacheBytes());
    try {
      CompletableFuture<UserError> refusal = new CompletableFuture<>();
      LastRead lastRead = new LastRead();
      SchemaRegistry readers = new RememberedUnknowns(registry, lastRead::nanos);
      dropLeft(config.stateDir().resolve(config.applicationId()));
      KafkaStreams streams =
          streams(
              config,
              topology(config, engine, shared, models, readers, layout, limits, chunks, telemetry),
              new FencedClients(
                  new TopicPartition(GeneratorStreamRights.changelog(config.applicationId()), 0), telemetry, lastRead));
      Object servers = config.kafka().get("bootstrap.servers");
      streams.setUncaughtExceptionHandler(cause -> ended(cause, servers, cluster.rights(), refusal));
      streams.start();
      return new GeneratorStreamService(config, streams, chunks, limits, refusal, shared, layout.clusterId());
    } catch (RuntimeException e) {
      shared.close();
      chunks.close();
      throw e;
    }
  }

  private static Topology topology(
      GeneratorStreamConfig config,
      Engine engine,
      SharedWork shared,
      ServedModels models,
      SchemaRegistry registry,
      TopicLayout layout,
      InboxLimits limits,
      ChunkWriter chunks,
      Telemetry telemetry) {
    Routing routing = new Routing(registry, telemetry);
    ObjectStore store = ObjectStore.open(config.objectStore());
    Admission admission =
        new Admission(
            new AvroDeserializer<>(registry, Topic.PROMPTS),
            models,
            PromptTemplates.open(config.templatesDir(), System.getenv()),
            Limits.of(layout.partitions()));
    Submission submission =
        new Submission(engine, shared, new ContentStage(registry, store, InstantSource.system(), telemetry), chunks);
    AvroDeserializer<CancellationRequested> cancellations = new AvroDeserializer<>(registry, Topic.CANCELLATIONS);
    ThreadLocal<CommitPace> pace = CommitPace.perThread();
    return GeneratorTopology.of(
        layout.prompts(),
        config.idBounds(layout.partitions()),
        () -> new AdmitProcessor(admission, routing, pace),
        () -> new CancelProcessor(cancellations, layout.partitions(), routing, pace),
        () -> new InboxProcessor(admission, models, routing, submission, limits, pace));
  }

  private static void dropLeft(Path folder) {
    try {
      OpenStores.dropLeft(folder);
    } catch (IOException e) {
      throw new UserError("what a killed process left in %s cannot be removed: %s".formatted(folder, e), e);
    }
  }

  private static KafkaStreams streams(GeneratorStreamConfig config, Topology topology, FencedClients clients) {
    return new KafkaStreams(
            topology,
            StreamsSettings.of(
                config.kafka(),
                config.applicationId(),
                config.instanceId(),
                config.stateDir(),
                config.streamThreads(),
                config.groupProtocol()),
            clients);
  }

  /// A login or a right that is gone is not passing: without it every new thread would end as this one did.
  private static StreamThreadExceptionResponse ended(
      Throwable cause, Object servers, RightsCheck rights, CompletableFuture<UserError> refusal) {
    Optional<UserError> refused = StartFailures.refusal(servers, cause);
    if (refused.isEmpty()) return replaceThread(cause);
    refusal.complete(named(rights, refused.get()));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /// Kafka names the resource; the check names the right, also those on topics that were not there at the start.
  private static UserError named(RightsCheck rights, UserError refused) {
    try {
      rights.run();
      return refused;
    } catch (UserError missing) {
      return missing;
    } catch (ExecutionException e) {
      return refused;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused;
    }
  }

  /// Completes if the cluster refuses this service while it runs; it then does nothing more and is to be closed.
  public CompletableFuture<UserError> refusal() {
    return refusal;
  }

  /// What ends a stream thread is passing (registry or broker away) or a defect; in both cases nothing was
  /// committed, so a new thread takes the work up again, after a pause.
  private static StreamThreadExceptionResponse replaceThread(Throwable cause) {
    LOG.atError().setCause(cause).log("a stream thread ended and is replaced");
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /// Whether this instance has tasks and works on them. The state RUNNING alone does not say so.
  public boolean isReady() {
    return streams.state() == KafkaStreams.State.RUNNING && tasks() > 0;
  }

  private int tasks() {
    return streams.metadataForLocalThreads().stream().mapToInt(thread -> thread.activeTasks().size()).sum();
  }

  /// What it does now. Any thread.
  public StreamFigures figures() {
    return new StreamFigures(isReady(), tasks(), InputLag.of(streams.metrics()), inboxEntries(), oldest(), saved());
  }

  private Duration oldest() {
    long sent = limits.ages().oldestMillis();
    return sent == InboxAges.NONE ? Duration.ZERO : Duration.ofMillis(Math.max(0, System.currentTimeMillis() - sent));
  }

  /// Of the Kafka cluster it works on.
  public String clusterId() {
    return clusterId;
  }

  /// Prompts that wait or run in the inboxes of this instance.
  public long inboxEntries() {
    return limits.entries().get();
  }

  /// What was not generated because something equal was.
  public Saved saved() {
    return shared.saved();
  }

  /// Stops consuming and commits; what is unfinished stays in the inbox. An instance that does not keep its
  /// tasks leaves the group, so that others take over at once.
  @Override
  public void close() {
    CloseOptions.GroupMembershipOperation operation =
        config.keepsTasks()
            ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
            : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    boolean closed =
        streams.close(CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(operation));
    if (!closed) LOG.atWarn().addKeyValue("seconds", CLOSE_WITHIN.toSeconds()).log("streams did not close in time");
    shared.close();
    chunks.close();
  }
}
