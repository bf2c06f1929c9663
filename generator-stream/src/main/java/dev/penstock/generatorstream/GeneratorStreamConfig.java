package dev.penstock.generatorstream;

import dev.penstock.generators.placement.Device;
import dev.penstock.generators.placement.DeviceSettings;
import dev.penstock.generatorstream.ids.IdBounds;
import dev.penstock.generatorstream.streams.GroupProtocol;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.schemas.framing.RegistryAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The settings of generator-stream.
///
/// @param kafka client settings, `bootstrap.servers` among them
/// @param pool instances of one pool share an application id and a prompts topic; empty is the pool of all
/// @param instanceId a name kept over restarts, or null
/// @param handsOver whether a named instance that is stopped leaves its tasks to others at once
/// @param groupProtocol who divides the tasks; all instances of a pool take the same
/// @param modelsDir searched before the usual places, or null
/// @param templatesDir searched before the bundled templates, or null
/// @param models names to serve, in order of preference; empty serves all that are found
/// @param modelBytes memory for all models together; `Long.MAX_VALUE` is no bound
/// @param device what models run on
public record GeneratorStreamConfig(
    Map<String, Object> kafka,
    RegistryAccess schemaRegistry,
    URI objectStore,
    int healthPort,
    String pool,
    @Nullable String instanceId,
    boolean handsOver,
    GroupProtocol groupProtocol,
    Path stateDir,
    Path crashDir,
    @Nullable Path modelsDir,
    @Nullable Path templatesDir,
    List<String> models,
    long modelBytes,
    DeviceSettings device,
    int streamThreads,
    int planThreads,
    long inboxMaxEntries,
    int inboxWindow,
    long tenantMaxEntries,
    Duration duplicatesWindow,
    long duplicatesMaxIds,
    Duration cancelMemory,
    long resultsCacheBytes,
    int topicPartitions,
    short topicReplication) {

  /// Over all partitions.
  private static final long MOST_CANCELLATIONS = 100_000;

  private static final Key<String> POOL =
      Key.text("pool", "", "Instances of one pool share the work of one prompts topic; empty is the pool of all.");
  private static final Key<String> INSTANCE_ID =
      Key.text("instance.id", "", "A name this instance keeps over restarts, so that it takes its tasks back at once.");
  private static final Key<Boolean> HANDS_OVER =
      Key.flag(
          "stop.hands.over", false,
          "Whether others take a named instance's tasks at once when it is stopped; false keeps them for its return, for 6 s.");
  private static final Key<GroupProtocol> GROUP_PROTOCOL =
      new Key<>(
          "group.protocol", "classic", "classic or streams",
          "Who divides the tasks: the instances, or the broker (KIP-1071), which keeps none for a named instance. The same for all of a pool.",
          GroupProtocol::parse);
  private static final Key<Path> STATE_DIR = Key.path("state.dir", "data/state", "The inbox on disk; one folder an instance.");
  private static final Key<Path> CRASH_DIR =
      Key.path("crash.dir", "data/crash", "Where flight recorders lie; belongs to one instance. Crashes are known from the JVM's hs_err_pid%p.log files.");
  private static final Key<String> MODELS_DIR = Key.text("models.dir", "", "A folder of models, searched first.");
  private static final Key<String> TEMPLATES_DIR =
      Key.text("templates.dir", "", "A folder of prompt templates (*.yaml), searched before the bundled ones.");
  private static final Key<String> MODELS =
      Key.text("models", "", "Names of the models to serve, by comma; the first of a modality is its default; empty serves all.");
  private static final Key<Long> MODELS_MEMORY =
      Key.number(
          "models.memory.max", 0, 1_000_000, 0L,
          "Memory for all models together, in MB; those that do not fit are loaded on demand; 0 is no bound.");
  private static final Key<Device> DEVICE =
      new Key<>(
          "device", "auto", "auto, cpu or cuda:N",
          "What models run on; auto takes the first GPU or says what is missing, cuda:N refuses to start without it.",
          Device::parse);
  private static final Key<Long> DEVICE_MEMORY =
      Key.number("device.memory.max", 0, 1_000_000, 0L, "GPU memory for each lane, in MB; 0 is no bound.");
  private static final Key<Map<String, String>> DEVICE_MEMORY_OF =
      pairs("device.memory.lanes", "GPU memory for lanes of their own bound, in MB, for example tiny-copywriter=500.");
  private static final Key<Map<String, String>> CUDA_OPTIONS =
      pairs("device.cuda.options", "Options of ONNX Runtime's CUDA provider, for example use_tf32=1,prefer_nhwc=1.");
  private static final Key<Long> STREAM_THREADS = Key.number("stream.threads", 1, 64, 1L, "Kafka Streams threads.");
  private static final Key<Long> PLAN_THREADS =
      Key.number("plan.threads", 1, 64, 4L, "Threads for the stages before and after a model.");
  private static final Key<Long> MAX_ENTRIES =
      Key.number("inbox.max.entries", 1, 100_000_000, 2_000_000L, "Prompts that may wait; beyond it they are rejected.");
  private static final Key<Long> WINDOW =
      Key.number("inbox.window", 1, 10_000, 256L, "Variants of each priority that a task hands to the engine ahead.");
  private static final Key<Long> TENANT_MAX_ENTRIES =
      Key.number(
          "tenant.max.entries", 0, 100_000_000, 0L,
          "Prompts of one tenant that may wait over all partitions, each partition its share; 0 is no bound.");
  private static final Key<Duration> DUPLICATES_WINDOW =
      Key.millis(
          "duplicates.window.ms", 0, 2_592_000_000L, 86_400_000,
          "How long an id is known that was used; the same id again ends as DUPLICATE_OF. 0 knows only those that have not ended.");
  private static final Key<Long> DUPLICATES_MAX_IDS =
      Key.number(
          "duplicates.max.ids", 1, 100_000_000, 1_000_000L,
          "Ids that are known at most, over all partitions: the latest. Each takes up to 41 bytes of heap.");
  private static final Key<Duration> CANCEL_MEMORY =
      Key.millis(
          "cancel.memory.ms", 0, 86_400_000, 3_600_000, "How long a cancellation waits for a prompt that has not come.");
  private static final Key<Long> RESULTS_CACHE =
      Key.number(
          "results.cache.mb", 0, 100_000, 16L,
          "Results kept for prompts of the same tenant, model, parameters, seed and text, in MB of heap; 0 keeps none.");
  private static final Key<Long> PARTITIONS =
      Key.number("topics.partitions", 1, 1_000, 6L, "Partitions of topics that do not exist yet.");
  private static final Key<Long> REPLICATION =
      Key.number("topics.replication", -1, 10, -1L, "Replicas of topics that do not exist yet; -1 is the broker's default.");

  /// Everything that may be set.
  public static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(SharedKeys.all());
    keys.addAll(
        List.of(
            POOL, INSTANCE_ID, HANDS_OVER, GROUP_PROTOCOL, STATE_DIR, CRASH_DIR, MODELS_DIR, TEMPLATES_DIR, MODELS, MODELS_MEMORY, DEVICE, DEVICE_MEMORY,
            DEVICE_MEMORY_OF, CUDA_OPTIONS, STREAM_THREADS,
            PLAN_THREADS, MAX_ENTRIES, WINDOW, TENANT_MAX_ENTRIES, DUPLICATES_WINDOW, DUPLICATES_MAX_IDS, CANCEL_MEMORY,
            RESULTS_CACHE, PARTITIONS, REPLICATION));
    return keys;
  }

  /// @throws UserError naming a key and what is allowed
  public static GeneratorStreamConfig from(Settings settings) {
    String pool = settings.get(POOL);
    if (!pool.matches("[a-z0-9-]{0,40}"))
      throw new UserError("pool is '%s', allowed are lower-case letters, digits and dashes".formatted(pool));
    return new GeneratorStreamConfig(
        SharedKeys.kafka(settings),
        SharedKeys.registry(settings),
        settings.get(SharedKeys.OBJECT_STORE),
        settings.get(SharedKeys.HEALTH_PORT).intValue(),
        pool,
        emptyToNull(settings.get(INSTANCE_ID)),
        settings.get(HANDS_OVER),
        settings.get(GROUP_PROTOCOL),
        settings.get(STATE_DIR),
        settings.get(CRASH_DIR),
        settings.get(MODELS_DIR).isEmpty() ? null : Path.of(settings.get(MODELS_DIR)),
        settings.get(TEMPLATES_DIR).isEmpty() ? null : Path.of(settings.get(TEMPLATES_DIR)),
        Arrays.stream(settings.get(MODELS).split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList(),
        settings.get(MODELS_MEMORY) == 0 ? Long.MAX_VALUE : settings.get(MODELS_MEMORY) * 1_000_000,
        device(settings),
        settings.get(STREAM_THREADS).intValue(),
        settings.get(PLAN_THREADS).intValue(),
        settings.get(MAX_ENTRIES),
        settings.get(WINDOW).intValue(),
        settings.get(TENANT_MAX_ENTRIES),
        settings.get(DUPLICATES_WINDOW),
        settings.get(DUPLICATES_MAX_IDS),
        settings.get(CANCEL_MEMORY),
        settings.get(RESULTS_CACHE) << 20,
        settings.get(PARTITIONS).intValue(),
        settings.get(REPLICATION).shortValue());
  }

  private static Key<Map<String, String>> pairs(String name, String purpose) {
    return new Key<>(name, "", "name=value, by comma", purpose, GeneratorStreamConfig::parsePairs);
  }

  private static Map<String, String> parsePairs(String text) {
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : text.split(",")) {
      if (pair.isBlank()) continue;
      int equals = pair.indexOf('=');
      if (equals < 1) throw new IllegalArgumentException(pair);
      pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return pairs;
  }

  private static DeviceSettings device(Settings settings) {
    Map<String, Long> bounds = new TreeMap<>();
    try {
      settings.get(DEVICE_MEMORY_OF).forEach((model, megabytes) -> bounds.put(model, Long.valueOf(megabytes)));
      return new DeviceSettings(
          settings.get(DEVICE), settings.get(CUDA_OPTIONS), settings.get(DEVICE_MEMORY), bounds);
    } catch (NumberFormatException e) {
      throw new UserError("device.memory.lanes is model=MB, by comma, and %s".formatted(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new UserError("device.cuda.options: " + e.getMessage(), e);
    }
  }

  /// What a task remembers of ids where `partitions` tasks share the work.
  IdBounds idBounds(int partitions) {
    return IdBounds.share(duplicatesWindow, duplicatesMaxIds, cancelMemory, MOST_CANCELLATIONS, partitions);
  }

  /// The share of a task of what one tenant may have waiting.
  long tenantShare(int partitions) {
    return tenantMaxEntries == 0 ? Long.MAX_VALUE : Math.ceilDiv(tenantMaxEntries, (long) partitions);
  }

  /// Whether its tasks wait for it when it is stopped.
  boolean keepsTasks() {
    return instanceId != null && !handsOver && groupProtocol == GroupProtocol.CLASSIC;
  }

  public String applicationId() {
    return pool.isEmpty() ? "penstock-generator-stream" : "penstock-generator-stream-" + pool;
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
