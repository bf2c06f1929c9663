package dev.penstock.sink.gallery;

import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Modality;
import dev.penstock.sink.database.ContentFilter;
import dev.penstock.sink.database.ContentQueries;
import dev.penstock.sink.database.Database;
import dev.penstock.sink.database.StoredContent;
import dev.penstock.sink.objects.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A gallery as one file that needs nothing else: style, script and bodies are inside, and its own content
/// security policy lets nothing run but that script.
public final class GalleryFile {

  private final Inside addresses;

  private GalleryFile(ObjectStore bodies) {
    this.addresses = new Inside(bodies);
  }

  /// Writes content that is at hand.
  ///
  /// @param bodies where bodies lie that are not inline
  /// @throws IOException if the file cannot be written or a body is not in the store
  public static void write(Path file, String title, List<ContentGenerated> contents, ObjectStore bodies)
      throws IOException {
    new GalleryFile(bodies).write(file, title, contents.stream().map(StoredContent::of).toList());
  }

  /// Writes the newest content of a database.
  ///
  /// @param limit how many at most
  /// @throws IOException if the file cannot be written or a body is not in the store
  public static void write(Path file, String title, Database database, ObjectStore bodies, int limit)
      throws IOException {
    List<StoredContent> newest =
        new ContentQueries(database).newest(ContentFilter.ALL, null, limit).items();
    new GalleryFile(bodies).write(file, title, newest);
  }

  private void write(Path file, String title, List<StoredContent> contents) throws IOException {
    List<StoredContent> newestFirst =
        contents.stream().sorted(Comparator.comparing(GalleryFile::completedAt).reversed()).toList();
    String html;
    try {
      html = new Document("file", title, head(), Html.NOTHING, main(title, newestFirst)).html("#top").markup();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    }
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path draft = target.resolveSibling(target.getFileName() + ".draft");
    try {
      Files.writeString(draft, html);
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Instant completedAt(StoredContent stored) {
    return stored.content().getTimings().getCompletedAt();
  }

  private static Html head() {
    String policy =
        "default-src 'none'; img-src data:; media-src data:; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(hash(Document.STYLE), hash(Document.SCRIPT));
    return Html.of(
        """
        <meta http-equiv="Content-Security-Policy" content="{}">
        <link rel="icon" href="{}">
        <style>{}</style>
        <script type="module">{}</script>""",
        policy,
        dataUri("image/svg+xml", Document.ICON.getBytes(StandardCharsets.UTF_8)),
        new Html(Document.STYLE),
        new Html(Document.SCRIPT));
  }

  private static String hash(String inline) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Html main(String title, List<StoredContent> contents) {
    Card card = new Card(addresses);
    Provenance provenance = new Provenance(addresses);
    Html cards =
        Html.join(
            contents.stream()
                .map(
                    stored ->
                        card.of(
                            stored,
                            "#c-" + stored.content().getContentId(),
                            Html.of(
                                "<div class=\"more\"><a class=\"close\" href=\"#closed\" aria-label=\"Close\">Close</a>{}{}</div>",
                                provenance.alternates(stored),
                                provenance.of(stored, null))))
                .toList());
    return Html.of(
        """
        <div class="intro" id="top"><h1>{}</h1><p>{} pieces by {}</p></div>
        {}
        <div class="grid" id="grid">{}</div>
        <p class="empty" hidden>No content matches.</p>""",
        title,
        Formats.count(contents.size()),
        models(contents).isEmpty() ? "no model yet" : String.join(", ", models(contents)),
        new Filters(kinds(contents), campaigns(contents), models(contents)).html(Filters.Choice.ALL),
        cards);
  }

  private static List<Modality> kinds(List<StoredContent> contents) {
    return contents.stream().map(stored -> stored.content().getModality()).distinct().sorted().toList();
  }

  private static List<String> campaigns(List<StoredContent> contents) {
    TreeSet<String> campaigns = new TreeSet<>();
    for (StoredContent stored : contents)
      if (stored.content().getCampaign() != null) campaigns.add(stored.content().getCampaign());
    return List.copyOf(campaigns);
  }

  private static List<String> models(List<StoredContent> contents) {
    TreeSet<String> models = new TreeSet<>();
    for (StoredContent stored : contents) models.add(stored.content().getModel().getName());
    return List.copyOf(models);
  }

  private static String dataUri(String mediaType, byte[] body) {
    return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(body);
  }

  /// Bodies as data URIs.
  private record Inside(ObjectStore bodies) implements BodyAddresses {

    @Override
    public String body(StoredContent stored) {
      ContentGenerated content = stored.content();
      return dataUri(content.getMediaType(), content.getBody(), content.getBodyUri());
    }

    @Override
    public String alternate(StoredContent stored, int index) {
      Alternate alternate = stored.content().getAlternates().get(index);
      return dataUri(alternate.getMediaType(), alternate.getBody(), alternate.getBodyUri());
    }

    private String dataUri(String mediaType, @Nullable ByteBuffer inline, @Nullable String uri) {
      if (MediaTypes.isText(mediaType) && inline != null) return "";
      String shown = MediaTypes.extension(mediaType).isPresent() ? MediaTypes.bare(mediaType) : "application/octet-stream";
      return GalleryFile.dataUri(shown, bytes(inline, uri));
    }

    private byte[] bytes(@Nullable ByteBuffer inline, @Nullable String uri) {
      try {
        if (uri != null) return bodies.get(URI.create(uri));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (inline == null) throw new IllegalArgumentException("content without a body");
      byte[] bytes = new byte[inline.remaining()];
      inline.duplicate().get(bytes);
      return bytes;
    }
  }
}
