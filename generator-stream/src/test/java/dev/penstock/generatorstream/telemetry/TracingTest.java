package dev.penstock.generatorstream.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.Ids;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// A prompt's trace goes on in its content: spans for the wait, the batch, its steps and the commit, below one for the
/// variant, which is a child of what the prompt's header names.
class TracingTest {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.with(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build())
              .build());

  private static final long FINISHED = Examples.SENT.plusMillis(200).toEpochMilli();

  private Map<String, SpanData> spans() {
    return exporter.getFinishedSpanItems().stream().collect(Collectors.toMap(SpanData::getName, Function.identity()));
  }

  @Test
  void spansLeadFromThePromptToTheCommit() {
    RecordHeaders headers = new RecordHeaders();
    tracing.generated(Examples.prompt("acme"), 0, Examples.result(), FINISHED);
    tracing.forwarded(Ids.contentId("p", 0), headers);
    assertThat(spans()).containsOnlyKeys("wait", "step", "batch");

    tracing.committed();

    SpanData whole = spans().get("generate_content echo");
    assertThat(whole.getTraceId()).isEqualTo(Examples.TRACE);
    assertThat(whole.getParentSpanId()).isEqualTo(Examples.PARENT);
    assertThat(spans().get("wait").getParentSpanId()).isEqualTo(whole.getSpanId());
    assertThat(spans().get("batch").getParentSpanId()).isEqualTo(whole.getSpanId());
    assertThat(spans().get("step").getParentSpanId()).isEqualTo(spans().get("batch").getSpanId());
    assertThat(spans().get("commit").getParentSpanId()).isEqualTo(whole.getSpanId());
    assertThat(millis(spans().get("wait"))).isEqualTo(100);
    assertThat(millis(spans().get("batch"))).isEqualTo(60);
    assertThat(new String(headers.lastHeader("traceparent").value(), UTF_8))
        .isEqualTo("00-%s-%s-01".formatted(Examples.TRACE, whole.getSpanId()));
  }

  private static long millis(SpanData span) {
    return (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1_000_000;
  }

  @Test
  void anAbortedTransactionIsSeen() {
    tracing.generated(Examples.prompt("acme"), 0, Examples.result(), FINISHED);
    tracing.forwarded(Ids.contentId("p", 0), new RecordHeaders());
    tracing.aborted();
    assertThat(spans().get("commit").getStatus().getStatusCode()).isEqualTo(StatusData.error().getStatusCode());
    tracing.committed();
    assertThat(exporter.getFinishedSpanItems()).hasSize(5);
  }

  /// The header of the prompt is copied by others then.
  @Test
  void withoutATracerHeadersStayAsTheyAre() {
    RecordHeaders headers = new RecordHeaders();
    Tracing none = Tracing.ofThisProcess();
    none.generated(Examples.prompt("acme"), 0, Examples.result(), FINISHED);
    none.forwarded(Ids.contentId("p", 0), headers);
    none.committed();
    assertThat(headers.toArray()).isEmpty();
  }
}
