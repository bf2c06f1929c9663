package dev.penstock.sink.console;

import dev.penstock.sink.database.ContentQueries;
import dev.penstock.sink.database.DatabaseUnavailableException;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells open pages that the tables changed, at most once a second, whichever sink changed them. One thread asks
/// the database, and only while somebody looks. Each page says which version of the
/// tables it shows, so that nothing is missed between making the page and following.
final class LiveFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final int MOST_PAGES = 200;
  private static final long HEARTBEAT_TURNS = 15;

  private final ContentQueries queries;
  private final Map<SseClient, Long> pages = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> Thread.ofPlatform().name("console-live").daemon().unstarted(work));
  private long turn;

  LiveFeed(ContentQueries queries) {
    this.queries = queries;
    clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /// @param page says which version it shows, in `Last-Event-ID` or as parameter `version`
  /// @throws ServiceUnavailableResponse if too many look already
  void add(SseClient page) {
    if (pages.size() >= MOST_PAGES)
      throw new ServiceUnavailableResponse("%d pages are open already.".formatted(MOST_PAGES));
    page.keepAlive();
    page.onClose(() -> pages.remove(page));
    page.sendComment("open");
    pages.put(page, shownVersion(page));
  }

  private static long shownVersion(SseClient page) {
    String seen = page.ctx().header("Last-Event-ID");
    String version = seen != null ? seen : page.ctx().queryParam("version");
    return version != null && version.matches("[0-9]{1,18}") ? Long.parseLong(version) : -1;
  }

  private void look() {
    try {
      if (pages.isEmpty()) return;
      long version = queries.version();
      turn++;
      pages.forEach((page, shown) -> tell(page, shown, version));
    } catch (DatabaseUnavailableException e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("no news while the database is away");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("the live feed failed");
    }
  }

  private void tell(SseClient page, long shown, long version) {
    if (shown != version) {
      // Browsers drop events without data.
      page.sendEvent("changed", Long.toString(version), Long.toString(version));
      pages.replace(page, version);
    } else if (turn % HEARTBEAT_TURNS == 0) page.sendComment("still here");
  }

  @Override
  public void close() {
    clock.shutdownNow();
    pages.keySet().forEach(SseClient::close);
  }
}
