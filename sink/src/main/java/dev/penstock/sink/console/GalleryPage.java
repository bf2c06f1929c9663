package dev.penstock.sink.console;

import dev.penstock.sink.database.ContentFilter;
import dev.penstock.sink.database.ContentQueries;
import dev.penstock.sink.database.Page;
import dev.penstock.sink.database.StoredContent;
import dev.penstock.sink.gallery.Card;
import dev.penstock.sink.gallery.Filters;
import dev.penstock.sink.gallery.Html;
import io.javalin.http.Context;

/// `/`: what was generated, newest first.
final class GalleryPage {

  private static final int CARDS = 48;

  private final ContentQueries queries;
  private final Card card = new Card(new Addresses());

  GalleryPage(ContentQueries queries) {
    this.queries = queries;
  }

  void show(Context context) {
    ContentSearch search = ContentSearch.of(context);
    long version = queries.version();
    Page<StoredContent> page = queries.newest(search.filter(), search.after(), CARDS);
    Filters filters = new Filters(Filters.ALL_KINDS, queries.choices("campaign"), queries.choices("model_name"));
    Html main =
        Html.join(
            new Html("<h1 class=\"unseen\">Generated content</h1>"),
            FiguresStrip.of(queries.summary()),
            filters.html(choice(search.filter())),
            Html.of("<div class=\"grid\" id=\"grid\" data-version=\"{}\">{}</div>", version, cards(page)),
            nothing(page, search.filter()),
            pager(page, search));
    boolean isFirst = search.after() == null;
    Pages.send(
        context,
        isFirst ? Pages.live("Penstock: content", "Content", main) : Pages.still("Penstock: content", "Content", main));
  }

  private static Filters.Choice choice(ContentFilter filter) {
    return new Filters.Choice(filter.modality(), filter.campaign(), filter.model());
  }

  private Html cards(Page<StoredContent> page) {
    return Html.join(
        page.items().stream()
            .map(stored -> card.of(stored, "/content/" + stored.content().getContentId(), Html.NOTHING))
            .toList());
  }

  private static Html nothing(Page<StoredContent> page, ContentFilter filter) {
    if (!page.items().isEmpty()) return new Html("<div id=\"nothing\"></div>");
    if (filter.equals(ContentFilter.ALL))
      return new Html(
          "<div id=\"nothing\" class=\"empty\"><strong>No content yet</strong>It appears here as soon as a generator finishes a prompt.</div>");
    return new Html(
        "<div id=\"nothing\" class=\"empty\"><strong>No content matches</strong><a href=\"/\">Show all content</a></div>");
  }

  private static Html pager(Page<StoredContent> page, ContentSearch search) {
    Html newest = search.after() == null ? Html.NOTHING : new Html("<a class=\"button\" href=\"/\">Newest</a>");
    Html older =
        page.next() == null
            ? Html.NOTHING
            : Html.of("<a class=\"button\" href=\"{}\">Older</a>", search.addressFrom(page.next()));
    return Html.of("<div class=\"pager\">{}{}</div>", newest, older);
  }
}
