package dev.penstock.sink.gallery;

import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Timings;
import dev.penstock.schemas.Usage;
import dev.penstock.sink.database.StoredContent;
import dev.penstock.sink.database.StoredOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that is known about one piece of content: what asked for it, what made it, how to make it again,
/// how long it took, where it lies.
public final class Provenance {

  private final BodyAddresses addresses;

  public Provenance(BodyAddresses addresses) {
    this.addresses = addresses;
  }

  /// @param outcome how the prompt ended; null if that is not known
  public Html of(StoredContent stored, @Nullable StoredOutcome outcome) {
    ContentGenerated content = stored.content();
    return Html.join(
        section("Prompt", prompt(content, outcome)),
        section("Model", model(content)),
        section("Generation", generation(content)),
        parameters(content),
        scores("Scores", content.getScores()),
        scores("Guard scores", content.getGuardScores()),
        timing(content),
        section("Record", record(stored)));
  }

  /// The candidates that were not chosen; nothing if there are none.
  public Html alternates(StoredContent stored) {
    List<Html> figures = new ArrayList<>();
    List<Alternate> alternates = stored.content().getAlternates();
    for (int index = 0; index < alternates.size(); index++) {
      Alternate alternate = alternates.get(index);
      Body body =
          new Body(
              alternate.getMediaType(),
              alternate.getBody(),
              addresses.alternate(stored, index),
              "AI generated alternate " + (index + 1));
      figures.add(
          Html.of(
              "<figure class=\"alternate\"><div class=\"face\">{}</div><figcaption><span class=\"badge ai\">AI generated</span>{}</figcaption></figure>",
              body.show(),
              Scores.of(alternate.getScores(), 3)));
    }
    if (figures.isEmpty()) return Html.NOTHING;
    return Html.of(
        "<section><h2>Alternates</h2><p class=\"hint\">Candidates that were not chosen, best first.</p><div class=\"alternates\">{}</div></section>",
        Html.join(figures));
  }

  private static Map<String, @Nullable Object> prompt(ContentGenerated content, @Nullable StoredOutcome outcome) {
    Map<String, @Nullable Object> rows = new LinkedHashMap<>();
    rows.put("Prompt id", code(content.getPromptId()));
    if (outcome != null) {
      var source = outcome.outcome().getSource();
      rows.put("Source position", code(source.getTopic() + "-" + source.getPartition() + "@" + source.getOffset()));
      rows.put("Outcome", outcome.outcome().getOutcome());
    }
    rows.put("Variant", content.getVariant());
    rows.put("Tenant", content.getTenant());
    rows.put("Campaign", content.getCampaign());
    rows.put("Template version", content.getTemplateVersion());
    rows.put("Replay of", code(content.getReplayOf()));
    rows.put("Re-roll of", code(content.getRerollOf()));
    return rows;
  }

  private static Map<String, @Nullable Object> model(ContentGenerated content) {
    Map<String, @Nullable Object> rows = new LinkedHashMap<>();
    rows.put("Name", content.getModel().getName());
    rows.put("Version", content.getModel().getVersion());
    rows.put("Digest", code(content.getModel().getDigest()));
    return rows;
  }

  private static Map<String, @Nullable Object> generation(ContentGenerated content) {
    Usage usage = content.getUsage();
    Map<String, @Nullable Object> rows = new LinkedHashMap<>();
    rows.put("Seed", code(Long.toString(content.getSeed())));
    rows.put("Finish reason", content.getFinishReason());
    if (usage.getInputTokens() + usage.getOutputTokens() > 0)
      rows.put("Tokens", Formats.count(usage.getInputTokens()) + " in, " + Formats.count(usage.getOutputTokens()) + " out");
    if (usage.getPixels() > 0) rows.put("Pixels", Formats.count(usage.getPixels()));
    if (usage.getSteps() > 0) rows.put("Steps", Formats.count(usage.getSteps()));
    rows.put("Execution", code(content.getExecutionId()));
    rows.put("Chunks", content.getChunkCount());
    rows.put("Guard verdict", content.getGuardVerdict());
    rows.put("Label", content.getLabelState());
    rows.put("Signature", content.getSignatureState());
    rows.put("Review", content.getReviewState());
    rows.put("Decision", code(content.getDecisionId()));
    return rows;
  }

  private static Html parameters(ContentGenerated content) {
    Map<String, @Nullable Object> rows = new LinkedHashMap<>();
    new TreeMap<>(content.getParameters()).forEach((name, value) -> rows.put(name, code(value)));
    return section("Parameters", rows);
  }

  private static Html scores(String title, @Nullable Map<String, Double> scores) {
    if (scores == null || scores.isEmpty()) return Html.NOTHING;
    return Html.of("<section><h2>{}</h2>{}</section>", title, Scores.of(scores, 20));
  }

  private static Html timing(ContentGenerated content) {
    Timings timings = content.getTimings();
    long total = Math.max(0, Card.latency(content).toNanos() / 1_000);
    long measured = timings.getWaitMicros() + timings.getLaneMicros() + timings.getStageMicros();
    List<Span> spans =
        List.of(
            new Span("queue", "Kafka and inbox", Math.max(0, total - measured)),
            new Span("wait", "Waiting for a slot", timings.getWaitMicros()),
            new Span("lane", "In the model", timings.getLaneMicros()),
            new Span("stage", "Checks and encoding", timings.getStageMicros()));
    return Html.of(
        """
        <section><h2>Timing</h2>{}<dl>{}<dt>Requested</dt><dd>{}</dd><dt>Completed</dt><dd>{}</dd>\
        <dt>Prompt to content</dt><dd>{}</dd></dl></section>""",
        Span.bar(spans),
        Html.join(spans.stream().map(Span::row).toList()),
        Formats.time(timings.getRequestedAt()),
        Formats.time(timings.getCompletedAt()),
        Formats.duration(Card.latency(content)));
  }

  private static Map<String, @Nullable Object> record(StoredContent stored) {
    ContentGenerated content = stored.content();
    Map<String, @Nullable Object> rows = new LinkedHashMap<>();
    rows.put("Content id", code(content.getContentId()));
    if (stored.position() != null) rows.put("Kafka position", code(stored.position().toString()));
    rows.put("Media type", content.getMediaType());
    rows.put("Size", Formats.size(content.getBodySize()));
    rows.put("SHA-256", code(content.getBodySha256()));
    rows.put("Trace", code(stored.traceParent()));
    return rows;
  }

  private static @Nullable Html code(@Nullable String text) {
    return text == null ? null : Html.of("<code>{}</code>", text);
  }

  /// A titled list of what is known; what is null is left out.
  private static Html section(String title, Map<String, @Nullable Object> rows) {
    List<Html> lines = new ArrayList<>();
    rows.forEach(
        (name, value) -> {
          if (value != null) lines.add(Html.of("<dt>{}</dt><dd>{}</dd>", name, value));
        });
    if (lines.isEmpty()) return Html.NOTHING;
    return Html.of("<section><h2>{}</h2><dl>{}</dl></section>", title, Html.join(lines));
  }
}
