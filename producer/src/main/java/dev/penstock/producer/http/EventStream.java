package dev.penstock.producer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// `GET /v1/prompts/{id}/events`: what happens to a prompt, as server-sent events, from its beginning or from behind
/// `Last-Event-ID`; ends with its outcome. Each client has a thread of its own, so a slow one holds up nobody.
final class EventStream {

  private static final int MOST_CLIENTS = 500;
  private static final long HEARTBEAT_MILLIS = 10_000;

  private final PromptRoutes prompts;
  private final Semaphore room = new Semaphore(MOST_CLIENTS);
  private volatile boolean isClosed;

  EventStream(PromptRoutes prompts) {
    this.prompts = prompts;
  }

  void send(Context context) throws InterruptedException {
    PromptRecord record = prompts.record(context);
    int seen = lastSeen(context.header("Last-Event-ID"));
    if (!room.tryAcquire()) throw new Problem(503, "%d clients are listening already.".formatted(MOST_CLIENTS));
    try {
      context.contentType("text/event-stream;charset=utf-8").header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
      write(record, seen, context.res().getOutputStream());
    } catch (IOException e) {
      // The client went away.
      return;
    } finally {
      room.release();
    }
  }

  private static int lastSeen(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,9}") ? Integer.parseInt(header) : 0;
  }

  private void write(PromptRecord record, int seen, OutputStream out) throws IOException, InterruptedException {
    out.write(": open\n\n".getBytes(UTF_8));
    out.flush();
    int last = seen;
    while (!isClosed) {
      List<PromptRecord.Event> events = record.after(last, HEARTBEAT_MILLIS);
      for (PromptRecord.Event event : events) {
        out.write("id: %d\nevent: %s\ndata: %s\n\n".formatted(event.number(), event.name(), event.json()).getBytes(UTF_8));
        last = event.number();
      }
      if (events.isEmpty()) out.write(": still here\n\n".getBytes(UTF_8));
      out.flush();
      if (events.isEmpty() ? record.isEnded() : events.getLast().isLast()) return;
    }
  }

  void close() {
    isClosed = true;
  }
}
