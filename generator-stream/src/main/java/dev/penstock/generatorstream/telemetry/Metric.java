package dev.penstock.generatorstream.telemetry;

import java.util.List;

/// Every metric there is. The table in `docs/observability.md` is written from it, and dashboards and alert rules are
/// checked against it. Tags are bounded: never ids, and tenants only up to a number.
public enum Metric {
  READY("penstock.ready", Type.GAUGE, "", "1 if this instance has tasks and its models are warm, else 0."),
  TASKS("penstock.tasks", Type.GAUGE, "", "Tasks (partitions of the prompts topic) this instance works on."),
  INPUT_LAG(
      "penstock.input.lag", Type.GAUGE, "records", "Prompt records of a partition that are not read yet.", "partition"),
  INBOX_ENTRIES("penstock.inbox.entries", Type.GAUGE, "", "Prompts that are accepted and have not ended."),
  INBOX_OLDEST_AGE(
      "penstock.inbox.oldest.age", Type.GAUGE, "seconds", "Since the oldest of them was sent, to a second; 0 if there is none."),
  IN_FLIGHT("penstock.engine.in.flight", Type.GAUGE, "", "Variants the engine was given and has not finished."),
  SLOTS("penstock.lane.slots", Type.GAUGE, "", "Rows a step of the model can hold.", "model"),
  SLOTS_BUSY("penstock.lane.slots.busy", Type.GAUGE, "", "Rows that are taken now: batch fill is this by the slots.", "model"),
  QUEUED("penstock.lane.queued", Type.GAUGE, "", "Requests that wait for a slot of the model.", "model"),
  STEPS("penstock.lane.steps", Type.COUNTER, "", "Steps of the model, failed ones included.", "model"),
  STEP_TIME(
      "penstock.lane.step.time", Type.COUNTER, "seconds", "Time in those steps: by their number, the mean step.", "model"),
  ROWS("penstock.lane.rows", Type.COUNTER, "", "Busy rows summed over the steps: by their number, the mean batch.", "model"),
  FAILED_STEPS(
      "penstock.lane.failed.steps", Type.COUNTER, "", "Steps that threw; their requests were tried again.", "model"),
  OUT_OF_MEMORY("penstock.lane.out.of.memory", Type.COUNTER, "", "Those of them that ran out of memory.", "model"),
  MODEL_LOADS("penstock.model.loads", Type.COUNTER, "", "How often the model was loaded on demand.", "model"),
  MODEL_BYTES("penstock.models.memory", Type.GAUGE, "bytes", "What models that are loaded on demand take."),
  MODELS_WAITING("penstock.models.waiting", Type.GAUGE, "", "Models that have work and wait for memory."),
  MODEL_EVICTIONS("penstock.models.evictions", Type.COUNTER, "", "Models that were closed to make room for others."),
  OUTCOMES("penstock.outcomes", Type.COUNTER, "", "Prompts that ended, by kind.", "outcome"),
  DEADLINE_MISSES(
      "penstock.deadline.misses", Type.COUNTER, "", "Prompts that expired or were refused because they would.", "reason"),
  DEAD_LETTERS("penstock.dead.letters", Type.COUNTER, "", "Prompts that could not be read or generated.", "reason"),
  DUPLICATES("penstock.saved.duplicates", Type.COUNTER, "", "Prompts that cost nothing because their id had been served."),
  JOINED("penstock.saved.joined", Type.COUNTER, "", "Variants that waited for an equal one that ran, and took its result."),
  CACHED("penstock.saved.cached", Type.COUNTER, "", "Variants whose result was kept from an equal one."),
  SAVED_TOKENS("penstock.saved.tokens", Type.COUNTER, "", "Tokens that were not written again thanks to both."),
  DAMAGED_RESULTS(
      "penstock.saved.damaged", Type.COUNTER, "", "Kept results that were not what had been kept, and were made again."),
  WAIT("penstock.generation.wait", Type.TIMER, "seconds", "From the engine's acceptance to a slot.", "model"),
  LANE("penstock.generation.lane", Type.TIMER, "seconds", "From a slot to the last step.", "model"),
  STAGES("penstock.generation.stages", Type.TIMER, "seconds", "In the stages before and after the model.", "model"),
  PROMPT_TO_CONTENT(
      "penstock.prompt.to.content", Type.TIMER, "seconds", "From the prompt record's timestamp to its finished content.", "model"),
  TENANT_CONTENTS("penstock.tenant.contents", Type.COUNTER, "", "Contents made for a tenant.", "tenant"),
  TENANT_TOKENS("penstock.tenant.tokens", Type.COUNTER, "", "Tokens read and written for a tenant.", "tenant", "direction"),
  TENANT_PIXELS("penstock.tenant.pixels", Type.COUNTER, "", "Pixels made for a tenant.", "tenant"),
  TENANT_TIME("penstock.tenant.time", Type.COUNTER, "seconds", "Time in slots of models for a tenant.", "tenant"),
  TRANSACTIONS("penstock.transactions", Type.COUNTER, "", "Transactions that were committed."),
  FENCED("penstock.fenced", Type.COUNTER, "", "Commits that were refused because another instance has the tasks.");

  /// How it is to be read.
  public enum Type {
    /// Goes up only, within the process; counted when a record is forwarded, so an aborted transaction counts twice.
    COUNTER,
    /// What is now.
    GAUGE,
    /// Count, sum and highest of durations, in buckets.
    TIMER
  }

  private final String id;
  private final Type type;
  private final String unit;
  private final String meaning;
  private final List<String> tags;

  Metric(String id, Type type, String unit, String meaning, String... tags) {
    this.id = id;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
    this.tags = List.of(tags);
  }

  /// Dotted, as Micrometer has it.
  public String id() {
    return id;
  }

  public Type type() {
    return type;
  }

  /// The base unit; empty for plain counts.
  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }

  public List<String> tags() {
    return tags;
  }

  /// As Prometheus has it; a timer's series add `_count`, `_sum`, `_max` and `_bucket`.
  public String prometheusName() {
    String snake = id.replace('.', '_');
    String withUnit = unit.isEmpty() || snake.endsWith("_" + unit) ? snake : snake + "_" + unit;
    return type == Type.COUNTER ? withUnit + "_total" : withUnit;
  }

  /// Every series Prometheus has of it.
  public List<String> series() {
    String name = prometheusName();
    return type == Type.TIMER
        ? List.of(name + "_count", name + "_sum", name + "_max", name + "_bucket")
        : List.of(name);
  }
}
