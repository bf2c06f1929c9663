package dev.penstock.generatorstream.telemetry;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.penstock.generators.GenerationResult;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Follows a prompt into its content, with OpenTelemetry's API: a span for each variant as a child of what the prompt's
/// `traceparent` header names, and in it `wait` (for a slot), `batch` (in slots, beside others) with `step` (all its
/// steps as one), and `commit` (until content and outcome are visible). The content's header names the variant's span.
///
/// Costs nothing unless the process has an OpenTelemetry with a tracer of its own. Any thread.
public final class Tracing {

  /// Spans that wait for their commit; more than these are given up, the oldest first.
  private static final int MOST_WAITING = 10_000;

  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<String> PROMPT_ID = AttributeKey.stringKey("penstock.prompt.id");
  private static final AttributeKey<Long> VARIANT = AttributeKey.longKey("penstock.variant");
  private static final AttributeKey<Long> STEPS = AttributeKey.longKey("penstock.steps");

  private final @Nullable Tracer tracer;
  private final LinkedHashMap<String, Made> waiting = new LinkedHashMap<>();
  private final ThreadLocal<List<Made>> forwarded = ThreadLocal.withInitial(ArrayList::new);

  private record Made(Span variant, Span commit) {
    void end() {
      commit.end();
      variant.end();
    }
  }

  private Tracing(@Nullable Tracer tracer) {
    this.tracer = tracer;
  }

  /// Traces nothing.
  public static Tracing none() {
    return new Tracing(null);
  }

  /// Traces to what the process was started with, for example by OpenTelemetry's agent; nothing if there is none.
  public static Tracing ofThisProcess() {
    return with(GlobalOpenTelemetry.get());
  }

  public static Tracing with(OpenTelemetry telemetry) {
    boolean isNoop = telemetry.getTracerProvider() == TracerProvider.noop();
    return new Tracing(isNoop ? null : telemetry.getTracer("dev.penstock.generator-stream"));
  }

  void generated(AdmittedPrompt prompt, int variant, GenerationResult result, long nowMillis) {
    if (tracer == null) return;
    GenerationResult.Timings timings = result.timings();
    long end = nowMillis * 1_000_000;
    long start = end - timings.waitNanos() - timings.laneNanos() - timings.stageNanos();
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), prompt.source().headers(), TraceHeaders.GETTER);
    Span whole = start(tracer, "generate_content " + prompt.model().manifest().name(), parent, start, SpanKind.CONSUMER);
    whole.setAttribute(OPERATION, "generate_content").setAttribute(MODEL, prompt.model().reference());
    whole.setAttribute(PROMPT_ID, prompt.promptId()).setAttribute(VARIANT, (long) variant);
    whole.setAttribute(INPUT_TOKENS, (long) result.usage().inputTokens());
    whole.setAttribute(OUTPUT_TOKENS, (long) result.usage().outputTokens());
    Context inside = parent.with(whole);
    long lane = start + timings.waitNanos();
    long left = lane + timings.laneNanos();
    start(tracer, "wait", inside, start, SpanKind.INTERNAL).end(lane, NANOSECONDS);
    Span batch = start(tracer, "batch", inside, lane, SpanKind.INTERNAL);
    Span step = start(tracer, "step", inside.with(batch), lane, SpanKind.INTERNAL);
    step.setAttribute(STEPS, (long) result.usage().steps()).end(left, NANOSECONDS);
    batch.end(left, NANOSECONDS);
    Span commit = start(tracer, "commit", inside, end, SpanKind.INTERNAL);
    keep(prompt.contentId(variant), new Made(whole, commit));
  }

  private static Span start(Tracer tracer, String name, Context parent, long nanos, SpanKind kind) {
    return tracer.spanBuilder(name).setParent(parent).setStartTimestamp(nanos, NANOSECONDS).setSpanKind(kind).startSpan();
  }

  private void keep(String contentId, Made made) {
    synchronized (waiting) {
      waiting.put(contentId, made);
      if (waiting.size() > MOST_WAITING) waiting.remove(waiting.firstEntry().getKey()).end();
    }
  }

  void forwarded(String contentId, Headers headers) {
    if (tracer == null) return;
    Made made;
    synchronized (waiting) {
      made = waiting.remove(contentId);
    }
    if (made == null) return;
    Context inside = Context.root().with(made.variant());
    W3CTraceContextPropagator.getInstance().inject(inside, headers, TraceHeaders.SETTER);
    forwarded.get().add(made);
  }

  void committed() {
    if (tracer == null) return;
    forwarded.get().forEach(Made::end);
    forwarded.get().clear();
  }

  void aborted() {
    if (tracer == null) return;
    for (Made made : forwarded.get()) {
      made.commit().setStatus(StatusCode.ERROR, "the transaction was aborted");
      made.end();
    }
    forwarded.get().clear();
  }
}
