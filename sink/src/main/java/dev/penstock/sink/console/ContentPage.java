package dev.penstock.sink.console;

import dev.penstock.sink.database.ContentQueries;
import dev.penstock.sink.database.StoredContent;
import dev.penstock.sink.database.StoredOutcome;
import dev.penstock.sink.gallery.Card;
import dev.penstock.sink.gallery.Html;
import dev.penstock.sink.gallery.Provenance;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;

/// `/content/{id}`: one piece and everything that is known about it.
final class ContentPage {

  private final ContentQueries queries;
  private final Card card = new Card(new Addresses());
  private final Provenance provenance = new Provenance(new Addresses());

  ContentPage(ContentQueries queries) {
    this.queries = queries;
  }

  void show(Context context) {
    StoredContent stored =
        queries
            .byId(Pages.contentId(context))
            .orElseThrow(() -> new NotFoundResponse("There is no content with this id."));
    List<StoredOutcome> outcomes = queries.outcomes(stored.content().getPromptId(), null, 1);
    Html main =
        Html.of(
            """
            {}<div class="piece"><div class="stage">{}<div class="actions">
            <a class="button" href="/">All content</a>
            <a class="button" href="/?prompt={}">All of this prompt</a>
            <a class="button" href="/bodies/{}" download>Download</a>
            <a class="button" href="/api/content/{}">JSON</a></div>{}</div>
            <div class="provenance">{}</div></div>""",
            card.heading(stored),
            card.large(stored),
            java.net.URLEncoder.encode(stored.content().getPromptId(), java.nio.charset.StandardCharsets.UTF_8),
            stored.content().getContentId(),
            stored.content().getContentId(),
            provenance.alternates(stored),
            provenance.of(stored, outcomes.isEmpty() ? null : outcomes.getFirst()));
    Pages.send(context, Pages.still("Penstock: one piece", "Content", main));
  }
}
