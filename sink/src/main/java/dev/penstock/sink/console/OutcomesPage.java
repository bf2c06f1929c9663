package dev.penstock.sink.console;

import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.sink.database.ContentQueries;
import dev.penstock.sink.database.StoredOutcome;
import dev.penstock.sink.gallery.Formats;
import dev.penstock.sink.gallery.Html;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `/outcomes`: how prompts ended, newest first.
final class OutcomesPage {

  private static final int ROWS = 200;

  private final ContentQueries queries;

  OutcomesPage(ContentQueries queries) {
    this.queries = queries;
  }

  void show(Context context) {
    String wanted = outcome(context);
    List<StoredOutcome> outcomes = queries.outcomes(Pages.parameter(context, "prompt"), wanted, ROWS);
    Html rows = Html.join(outcomes.stream().map(stored -> row(stored.outcome())).toList());
    Html main =
        Html.of(
            """
            <div class="intro"><h1>How prompts ended</h1><p>Newest first, at most {}.</p></div>{}
            <div class="table"><table><thead><tr><th>Outcome</th><th>Ended</th><th>Took</th><th>Prompt</th><th>Why</th><th>Content</th></tr></thead>
            <tbody>{}</tbody></table></div>{}""",
            ROWS,
            choices(wanted),
            rows,
            outcomes.isEmpty() ? new Html("<p class=\"empty\"><strong>No outcomes</strong></p>") : Html.NOTHING);
    Pages.send(context, Pages.still("Penstock: outcomes", "Outcomes", main));
  }

  /// The outcome that the address asks for.
  ///
  /// @throws BadRequestResponse if there is no such outcome
  static @Nullable String outcome(Context context) {
    String name = Pages.parameter(context, "outcome");
    if (name == null || Arrays.stream(Outcome.values()).anyMatch(known -> known.name().equals(name))) return name;
    throw new BadRequestResponse("outcome is '%s', allowed are %s".formatted(name, Arrays.toString(Outcome.values())));
  }

  private static Html choices(@Nullable String wanted) {
    Html options =
        Html.join(
            Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.UNKNOWN)
                .map(
                    outcome ->
                        Html.of(
                            "<option value=\"{}\"{}>{}</option>",
                            outcome,
                            outcome.name().equals(wanted) ? new Html(" selected") : Html.NOTHING,
                            words(outcome)))
                .toList());
    return Html.of(
        """
        <form class="filters" method="get"><label class="select"><span>Outcome</span><select name="outcome">\
        <option value="">All outcomes</option>{}</select></label><noscript><button>Show</button></noscript></form>""",
        options);
  }

  private static Html row(PromptOutcome outcome) {
    return Html.of(
        "<tr><td><span class=\"outcome {}\">{}</span></td><td>{}</td><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
        style(outcome.getOutcome()),
        words(outcome.getOutcome()),
        Formats.time(outcome.getEndedAt()),
        Formats.duration(Duration.between(outcome.getRequestedAt(), outcome.getEndedAt())),
        outcome.getPromptId() == null ? "none" : outcome.getPromptId(),
        why(outcome),
        contents(outcome));
  }

  private static String style(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> "good";
      case DEAD_LETTERED -> "bad";
      case PARTIAL, REJECTED, CANCELLED, EXPIRED, DUPLICATE_OF, UNKNOWN -> "";
    };
  }

  private static String words(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Html why(PromptOutcome outcome) {
    if (outcome.getMessage() != null) return Html.of("{}", outcome.getMessage());
    return outcome.getReason() != null ? Html.of("{}", outcome.getReason()) : Html.NOTHING;
  }

  private static Html contents(PromptOutcome outcome) {
    return Html.join(
        outcome.getContentIds().stream()
            .filter(id -> id.matches("[0-9a-f-]{36}"))
            .map(id -> Html.of("<a href=\"/content/{}\">{}</a> ", id, id.substring(0, 8)))
            .toList());
  }
}
