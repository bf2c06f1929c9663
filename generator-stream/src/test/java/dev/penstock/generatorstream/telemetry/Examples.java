package dev.penstock.generatorstream.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Priority;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.TrustedClasses;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// A prompt and a result as the stream has them.
final class Examples {

  static final Instant SENT = Instant.parse("2026-11-22T10:00:00Z");
  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  static final String PARENT = "b7ad6b7169203331";

  static {
    TrustedClasses.declare();
  }

  private Examples() {}

  static AdmittedPrompt prompt(String tenant) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", "00-%s-%s-01".formatted(TRACE, PARENT).getBytes(UTF_8));
    SourceRecord source =
        new SourceRecord("penstock.prompts.v1", 0, 7, SENT.toEpochMilli(), "p".getBytes(UTF_8), new byte[0], headers);
    PromptRequested request = PromptRequested.newBuilder().setPromptId("p").setTenant(tenant).setText("words").build();
    ModelManifest manifest = ModelManifest.read(Path.of("src/test/resources/models/echo/model.yaml"));
    return new AdmittedPrompt(
        source, request, new ServedModel(manifest, "d1", 4), Map.of(), 1, 1, Priority.NORMAL, Long.MAX_VALUE, null);
  }

  /// Waited 100 ms, ran 60 ms in 5 steps, and 40 ms in stages.
  static GenerationResult result() {
    return new GenerationResult(
        "x".getBytes(UTF_8),
        "text/plain; charset=utf-8",
        List.of(),
        Map.of(),
        new GenerationResult.Usage(3, 5, 0, 5),
        GenerationResult.FinishReason.STOP,
        new GenerationResult.Timings(100_000_000, 60_000_000, 40_000_000));
  }
}
