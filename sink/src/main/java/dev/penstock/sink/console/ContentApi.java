package dev.penstock.sink.console;

import dev.penstock.sink.database.ContentQueries;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;

/// The same as the pages, for programs.
final class ContentApi {

  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final ContentQueries queries;

  ContentApi(ContentQueries queries) {
    this.queries = queries;
  }

  /// `/api/content`
  void list(Context context) {
    ContentSearch search = ContentSearch.of(context);
    ContentJson.send(
        context,
        ContentJson.page(queries.newest(search.filter(), search.after(), Pages.limit(context, USUAL, MOST))));
  }

  /// `/api/content/{id}`
  void one(Context context) {
    ContentJson.send(
        context,
        queries
            .byId(Pages.contentId(context))
            .map(ContentJson::content)
            .orElseThrow(() -> new NotFoundResponse("There is no content with this id.")));
  }

  /// `/api/outcomes`
  void outcomes(Context context) {
    ContentJson.send(
        context,
        ContentJson.outcomes(
            queries.outcomes(
                Pages.parameter(context, "prompt"), OutcomesPage.outcome(context), Pages.limit(context, USUAL, MOST))));
  }
}
