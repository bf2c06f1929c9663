package dev.penstock.generatorstream.telemetry;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.engine.LaneSnapshot;
import dev.penstock.generatorstream.shared.Saved;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.schemas.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Counts what becomes of prompts and, when it is scraped, asks engine and stream for their figures, so that most
/// metrics cost nothing between two scrapes. Any thread.
public final class GeneratorMetrics implements AutoCloseable {

  private static final int MOST_TENANTS = 100;

  private static final Duration[] BUCKETS =
      java.util.stream.Stream.of(10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final TenantTags tenants = new TenantTags(MOST_TENANTS);
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, ModelTimers> models = new ConcurrentHashMap<>();
  private final Map<String, TenantCounters> usage = new ConcurrentHashMap<>();
  private final MultiGauge lag = MultiGauge.builder(Metric.INPUT_LAG.id()).baseUnit(Metric.INPUT_LAG.unit())
      .description(Metric.INPUT_LAG.meaning()).register(registry);
  private final Counter transactions = counter(Metric.TRANSACTIONS);
  private final Counter fenced = counter(Metric.FENCED);
  private final Counter duplicates = counter(Metric.DUPLICATES);
  private volatile Supplier<StreamFigures> stream = () -> StreamFigures.NONE;
  private volatile StreamFigures seenStream = StreamFigures.NONE;
  private volatile @Nullable EngineFigures seenEngine;
  private volatile Supplier<@Nullable EngineFigures> engine = () -> null;

  private record ModelTimers(Timer waiting, Timer lane, Timer stages, Timer promptToContent) {}

  private record TenantCounters(Counter contents, Counter input, Counter output, Counter pixels, Counter seconds) {}

  public GeneratorMetrics() {
    for (Outcome outcome : Outcome.values()) outcomes.put(outcome, counter(Metric.OUTCOMES, outcome.name()));
    gauge(Metric.READY, () -> seenStream.isReady() ? 1 : 0);
    gauge(Metric.TASKS, () -> seenStream.tasks());
    gauge(Metric.INBOX_ENTRIES, () -> seenStream.inboxEntries());
    gauge(Metric.INBOX_OLDEST_AGE, () -> seenStream.oldest().toMillis() / 1e3);
    gauge(Metric.IN_FLIGHT, () -> engineFigure(EngineFigures::inFlight));
    gauge(Metric.MODEL_BYTES, () -> engineFigure(EngineFigures::modelBytes));
    gauge(Metric.MODELS_WAITING, () -> engineFigure(EngineFigures::modelsWaiting));
    FunctionCounter.builder(Metric.MODEL_EVICTIONS.id(), this, m -> m.engineFigure(EngineFigures::evictions))
        .description(Metric.MODEL_EVICTIONS.meaning()).register(registry);
    saved(Metric.JOINED, Saved::joined);
    saved(Metric.CACHED, Saved::cached);
    saved(Metric.SAVED_TOKENS, Saved::outputTokens);
    saved(Metric.DAMAGED_RESULTS, Saved::damaged);
  }

  private void saved(Metric metric, ToDoubleFunction<Saved> figure) {
    FunctionCounter.builder(metric.id(), this, m -> figure.applyAsDouble(m.seenStream.saved()))
        .description(metric.meaning()).register(registry);
  }

  /// From now on scrapes ask this engine.
  ///
  /// @param references of its models, by digest
  public void observe(Supplier<EngineFigures> figures, Map<String, String> references) {
    engine = figures;
    references.forEach(this::observeLane);
  }

  /// From now on scrapes ask this stream.
  public void observe(Supplier<StreamFigures> figures) {
    stream = figures;
  }

  private double engineFigure(ToDoubleFunction<EngineFigures> figure) {
    EngineFigures seen = seenEngine;
    return seen == null ? 0 : figure.applyAsDouble(seen);
  }

  private void observeLane(String digest, String model) {
    laneGauge(Metric.SLOTS, digest, model, LaneSnapshot::slots);
    laneGauge(Metric.SLOTS_BUSY, digest, model, LaneSnapshot::busySlots);
    laneGauge(Metric.QUEUED, digest, model, LaneSnapshot::queued);
    laneCounter(Metric.STEPS, digest, model, lane -> lane.figures().steps());
    laneCounter(Metric.STEP_TIME, digest, model, lane -> lane.figures().stepNanos() / 1e9);
    laneCounter(Metric.ROWS, digest, model, lane -> lane.figures().rows());
    laneCounter(Metric.FAILED_STEPS, digest, model, lane -> lane.figures().failedSteps());
    laneCounter(Metric.OUT_OF_MEMORY, digest, model, lane -> lane.figures().outOfMemory());
    laneCounter(Metric.MODEL_LOADS, digest, model, LaneSnapshot::loads);
  }

  private void laneGauge(Metric metric, String digest, String model, ToDoubleFunction<LaneSnapshot> figure) {
    Gauge.builder(metric.id(), this, m -> m.laneFigure(digest, figure))
        .tags(tags(metric, model)).description(metric.meaning()).register(registry);
  }

  private void laneCounter(Metric metric, String digest, String model, ToDoubleFunction<LaneSnapshot> figure) {
    FunctionCounter.builder(metric.id(), this, m -> m.laneFigure(digest, figure))
        .tags(tags(metric, model)).baseUnit(unit(metric)).description(metric.meaning()).register(registry);
  }

  private double laneFigure(String digest, ToDoubleFunction<LaneSnapshot> figure) {
    return engineFigure(
        seen ->
            seen.lanes().stream().filter(lane -> lane.modelDigest().equals(digest)).mapToDouble(figure).sum());
  }

  private void gauge(Metric metric, Supplier<Number> value) {
    Gauge.builder(metric.id(), value).baseUnit(unit(metric)).description(metric.meaning()).register(registry);
  }

  /// As Micrometer wants it.
  private static @Nullable String unit(Metric metric) {
    return metric.unit().isEmpty() ? null : metric.unit();
  }

  private static Tags tags(Metric metric, String... values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) tags = tags.and(metric.tags().get(i), values[i]);
    return tags;
  }

  private Counter counter(Metric metric, String... values) {
    return Counter.builder(metric.id())
        .tags(tags(metric, values)).baseUnit(unit(metric)).description(metric.meaning()).register(registry);
  }

  private void count(Metric metric, String reason) {
    counters.computeIfAbsent(List.of(metric.id(), reason), key -> counter(metric, reason)).increment();
  }

  private Timer timer(Metric metric, String model) {
    return Timer.builder(metric.id())
        .tags(tags(metric, model)).description(metric.meaning()).serviceLevelObjectives(BUCKETS).register(registry);
  }

  private ModelTimers timersOf(String model) {
    return new ModelTimers(
        timer(Metric.WAIT, model),
        timer(Metric.LANE, model),
        timer(Metric.STAGES, model),
        timer(Metric.PROMPT_TO_CONTENT, model));
  }

  private TenantCounters countersOf(String tenant) {
    return new TenantCounters(
        counter(Metric.TENANT_CONTENTS, tenant),
        counter(Metric.TENANT_TOKENS, tenant, "input"),
        counter(Metric.TENANT_TOKENS, tenant, "output"),
        counter(Metric.TENANT_PIXELS, tenant),
        counter(Metric.TENANT_TIME, tenant));
  }

  void ended(Outcome outcome, @Nullable String reason) {
    Counter counter = outcomes.get(outcome);
    if (counter != null) counter.increment();
    if (outcome == Outcome.COMPLETED || reason == null) return;
    if (outcome == Outcome.DUPLICATE_OF) duplicates.increment();
    if (outcome == Outcome.DEAD_LETTERED) count(Metric.DEAD_LETTERS, reason);
    if (outcome == Outcome.EXPIRED || reason.equals("DEADLINE_UNREACHABLE")) count(Metric.DEADLINE_MISSES, reason);
  }

  void generated(AdmittedPrompt prompt, GenerationResult result, long nowMillis) {
    GenerationResult.Timings timings = result.timings();
    ModelTimers times = models.computeIfAbsent(prompt.model().digest(), digest -> timersOf(prompt.model().reference()));
    times.waiting.record(timings.waitNanos(), NANOSECONDS);
    times.lane.record(timings.laneNanos(), NANOSECONDS);
    times.stages.record(timings.stageNanos(), NANOSECONDS);
    times.promptToContent.record(Math.max(0, nowMillis - prompt.source().timestampMillis()), MILLISECONDS);
    TenantCounters tenant = usage.computeIfAbsent(tenants.of(prompt.request().getTenant()), this::countersOf);
    tenant.contents.increment();
    tenant.input.increment(result.usage().inputTokens());
    tenant.output.increment(result.usage().outputTokens());
    tenant.pixels.increment(result.usage().pixels());
    tenant.seconds.increment(timings.laneNanos() / 1e9);
  }

  void committed() {
    transactions.increment();
  }

  void fenced() {
    fenced.increment();
  }

  /// How many prompts have ended so, in this process.
  public Map<String, Long> outcomes() {
    Map<String, Long> counts = new java.util.TreeMap<>();
    outcomes.forEach((outcome, counter) -> counts.put(outcome.name(), (long) counter.count()));
    return counts;
  }

  /// Everything in Prometheus' text format.
  public synchronized String scrape() {
    seenStream = stream.get();
    seenEngine = engine.get();
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    seenStream.lag().forEach((partition, records) ->
        rows.add(MultiGauge.Row.of(tags(Metric.INPUT_LAG, Integer.toString(partition)), records)));
    lag.register(rows, true);
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
