package dev.penstock.sink.objects;

import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.sink.arrival.Arrival;
import dev.penstock.sink.arrival.ContentArrival;
import dev.penstock.sink.database.StorableText;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts bodies where they are kept, before any row names them: a crash in between leaves an object that the next
/// try finds again, never a row without its object. Keeping the same content twice is one object.
public final class BodyKeeper {

  private record Kept(@Nullable ByteBuffer inline, @Nullable String uri) {}

  private static final Logger LOG = LoggerFactory.getLogger(BodyKeeper.class);

  private final ObjectStore store;
  private final ExportFolder exports;

  public BodyKeeper(ObjectStore store, ExportFolder exports) {
    this.store = store;
    this.exports = exports;
  }

  /// The same arrivals; afterwards content carries inline only text.
  ///
  /// @throws ObjectStoreUnavailableException if something could not be written
  public List<Arrival> keep(List<Arrival> arrivals) {
    List<Arrival> kept = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals)
      kept.add(arrival instanceof ContentArrival content ? keep(content) : arrival);
    return kept;
  }

  private ContentArrival keep(ContentArrival arrival) {
    try {
      ContentGenerated content = keep(arrival.content());
      if (exports.takes(content)) export(arrival.contentId(), content, arrival.content().getBody() != null);
      return arrival.with(content);
    } catch (IOException e) {
      throw new ObjectStoreUnavailableException(e);
    }
  }

  /// Objects that somebody else put are read first: the store vouches for its own folder and for the hash.
  private void export(UUID contentId, ContentGenerated content, boolean isOurs) throws IOException {
    URI object = URI.create(content.getBodyUri());
    if (!isOurs) {
      try {
        store.get(object);
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("contentId", contentId).setCause(e).log("a body is not in the object store");
        return;
      }
    }
    exports.link(contentId, content, object);
  }

  private ContentGenerated keep(ContentGenerated content) throws IOException {
    Kept body = keep(content.getTenant(), content.getMediaType(), content.getBody(), content.getBodyUri());
    List<Alternate> alternates = new ArrayList<>();
    for (Alternate alternate : content.getAlternates()) alternates.add(keep(content.getTenant(), alternate));
    return ContentGenerated.newBuilder(content)
        .setBody(body.inline())
        .setBodyUri(body.uri())
        .setAlternates(alternates)
        .build();
  }

  private Alternate keep(String tenant, Alternate alternate) throws IOException {
    Kept body = keep(tenant, alternate.getMediaType(), alternate.getBody(), alternate.getBodyUri());
    return Alternate.newBuilder(alternate).setBody(body.inline()).setBodyUri(body.uri()).build();
  }

  /// Text stays inline; text that the database cannot hold to the byte is kept in both places.
  private Kept keep(String tenant, String mediaType, @Nullable ByteBuffer inline, @Nullable String uri)
      throws IOException {
    if (inline == null) return new Kept(null, uri);
    byte[] bytes = bytes(inline);
    boolean isText = MediaTypes.isText(mediaType);
    if (isText && StorableText.isExact(bytes)) return new Kept(inline, null);
    URI kept = store.put(tenant, bytes);
    return new Kept(isText ? inline : null, kept.toString());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
