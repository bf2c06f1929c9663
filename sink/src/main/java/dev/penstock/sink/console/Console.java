package dev.penstock.sink.console;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.sink.database.ContentQueries;
import dev.penstock.sink.database.Database;
import dev.penstock.sink.database.DatabaseUnavailableException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web server of the console. Reads only; works while the database serves, says so in one sentence while it
/// does not.
public final class Console implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final ConsoleSettings settings;
  private final LiveFeed live;
  private final Javalin server;

  private Console(ConsoleSettings settings, Database database, ObjectStore bodies) {
    ContentQueries queries = new ContentQueries(database);
    this.settings = settings;
    this.live = new LiveFeed(queries);
    this.server = Javalin.create(config -> configure(config, queries, bodies));
  }

  /// Starts to listen.
  ///
  /// @throws UserError if the address cannot be listened at
  public static Console start(ConsoleSettings settings, Database database, ObjectStore bodies) {
    Console console = new Console(settings, database, bodies);
    try {
      console.server.start(settings.host(), settings.port());
    } catch (JavalinBindException e) {
      throw new UserError(
          "the console cannot listen at %s:%d: set console.port to a free port"
              .formatted(settings.host(), settings.port()),
          e);
    }
    return console;
  }

  private void configure(JavalinConfig config, ContentQueries queries, ObjectStore bodies) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    Access access = new Access(settings);
    GalleryPage gallery = new GalleryPage(queries);
    ContentPage content = new ContentPage(queries);
    OutcomesPage outcomes = new OutcomesPage(queries);
    ContentApi api = new ContentApi(queries);
    Bodies bodyRoutes = new Bodies(queries, bodies);
    config.routes.before(ResponseHeaders::secure);
    config.routes.before(access::check);
    config.routes.get("/", gallery::show);
    config.routes.get("/content/{id}", content::show);
    config.routes.get("/outcomes", outcomes::show);
    config.routes.get("/assets/{name}", Assets::send);
    config.routes.get("/bodies/{id}", bodyRoutes::send);
    config.routes.get("/bodies/{id}/alternates/{index}", bodyRoutes::sendAlternate);
    config.routes.get("/api/content", api::list);
    config.routes.get("/api/content/{id}", api::one);
    config.routes.get("/api/outcomes", api::outcomes);
    config.routes.sse("/api/live", live::add);
    config.routes.exception(DatabaseUnavailableException.class, Console::databaseAway);
    config.routes.exception(EndpointNotFound.class, (e, context) -> say(context, 404, "There is no such page."));
    config.routes.exception(HttpResponseException.class, Console::refused);
    config.routes.exception(Exception.class, Console::failed);
  }

  private static void databaseAway(DatabaseUnavailableException e, Context context) {
    LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the console could not read the database");
    context.header("Retry-After", "5");
    say(context, 503, "The database does not answer at the moment.");
  }

  private static void refused(HttpResponseException e, Context context) {
    say(context, e.getStatus(), String.valueOf(e.getMessage()));
  }

  private static void failed(Exception e, Context context) {
    LOG.atError().addKeyValue("path", context.path()).setCause(e).log("the console failed");
    say(context, 500, "Something went wrong; the log has the details.");
  }

  /// One sentence, as JSON to programs and as a page to people.
  private static void say(Context context, int status, String sentence) {
    context.status(status);
    if (context.path().startsWith("/api/")) ContentJson.send(context, ContentJson.error(sentence));
    else Pages.send(context, Pages.sentence(sentence));
  }

  /// Where a browser finds it.
  public URI uri() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://%s:%d/".formatted(host, server.port()));
  }

  @Override
  public void close() {
    live.close();
    server.stop();
  }
}
