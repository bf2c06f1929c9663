package dev.penstock.sink.console;

import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.sink.database.ContentQueries;
import dev.penstock.sink.database.StoredContent;
import dev.penstock.sink.objects.MediaTypes;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/bodies/...`: the bytes of content. Pictures, sound and video have their own type, text is always plain text,
/// everything else is a download: no body is ever a document that a browser would run.
final class Bodies {

  private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);

  private static final String DOWNLOAD = "application/octet-stream";

  private final ContentQueries queries;
  private final ObjectStore store;

  Bodies(ContentQueries queries, ObjectStore store) {
    this.queries = queries;
    this.store = store;
  }

  void send(Context context) {
    ContentGenerated content = content(context);
    send(context, content.getMediaType(), content.getBody(), content.getBodyUri(), content.getBodySha256());
  }

  void sendAlternate(Context context) {
    List<Alternate> alternates = content(context).getAlternates();
    String index = context.pathParam("index");
    if (!index.matches("[0-9]{1,4}") || Integer.parseInt(index) >= alternates.size())
      throw new NotFoundResponse("This content has %d alternates, counted from 0.".formatted(alternates.size()));
    Alternate alternate = alternates.get(Integer.parseInt(index));
    send(
        context, alternate.getMediaType(), alternate.getBody(), alternate.getBodyUri(), alternate.getBodySha256());
  }

  private ContentGenerated content(Context context) {
    return queries
        .byId(Pages.contentId(context))
        .map(StoredContent::content)
        .orElseThrow(() -> new NotFoundResponse("There is no content with this id."));
  }

  private void send(
      Context context, String mediaType, @Nullable ByteBuffer inline, @Nullable String uri, String sha256) {
    byte[] body = uri != null ? stored(uri) : bytes(inline);
    ResponseHeaders.secureBody(context, sha256);
    String shown = shownAs(mediaType);
    if (shown.equals(DOWNLOAD)) context.header("Content-Disposition", "attachment");
    // Answers range requests, which players of sound and video make.
    context.writeSeekableStream(new ByteArrayInputStream(body), shown, body.length);
  }

  private static String shownAs(String mediaType) {
    if (MediaTypes.extension(mediaType).isPresent()) return MediaTypes.bare(mediaType);
    return MediaTypes.isText(mediaType) ? "text/plain; charset=utf-8" : DOWNLOAD;
  }

  private byte[] stored(String uri) {
    try {
      return store.get(URI.create(uri));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a body is not in the object store");
      throw new NotFoundResponse("The body of this content is not in the object store.");
    }
  }

  private static byte[] bytes(@Nullable ByteBuffer inline) {
    if (inline == null) throw new NotFoundResponse("This content has no body.");
    byte[] bytes = new byte[inline.remaining()];
    inline.duplicate().get(bytes);
    return bytes;
  }
}
