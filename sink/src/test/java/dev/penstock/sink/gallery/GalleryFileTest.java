package dev.penstock.sink.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.sink.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gallery file needs nothing but itself: every body is inside, nothing is loaded from elsewhere, and the only
/// script that its content security policy lets run is its own.
class GalleryFileTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 9};

  @TempDir Path folder;

  ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(folder.resolve("objects").toUri());
  }

  @Test
  void carriesPicturesWhetherTheyAreInlineOrInTheObjectStore() throws IOException {
    byte[] large = "a large picture".getBytes(StandardCharsets.UTF_8);
    URI uri = store.put("acme", large);
    String html =
        write(
            Samples.picture("inline", PNG).build(),
            Samples.picture("large", large).setBody(null).setBodyUri(uri.toString()).build());

    assertThat(html)
        .contains("src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(PNG))
        .contains("src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(large));
    assertThat(html).doesNotContain("src=\"/").doesNotContain("href=\"/").doesNotContain("http://www.w3.org/1999");
  }

  @Test
  void letsOnlyItsOwnScriptAndStyleRun() throws Exception {
    String html = write(Samples.text("p", "<script>alert(1)</script>").setCampaign("\"><script>x</script>").build());

    String policy = found("Content-Security-Policy\" content=\"([^\"]*)\"", html);
    assertThat(policy)
        .contains("default-src &#39;none&#39;")
        .contains("script-src &#39;" + hash(found("<script type=\"module\">(.*?)</script>", html)) + "&#39;")
        .contains("style-src &#39;" + hash(found("<style>(.*?)</style>", html)) + "&#39;");
    assertThat(html.split("<script", -1)).hasSize(2);
  }

  @Test
  void showsTheNewestFirstWithLabelAndProvenance() throws IOException {
    String html = write(Samples.text("p1", "First words.").build(), Samples.text("p2", "Second words.").build());

    assertThat(html).contains("Spring &amp; summer", "2 pieces by tiny-copywriter", "AI generated", "First words.");
    assertThat(html).contains("Model", "Digest", "temperature", "Prompt to content");
  }

  @Test
  void refusesContentWhoseBodyIsGone() {
    ContentGenerated gone =
        Samples.picture("p", PNG).setBody(null).setBodyUri(folder.resolve("objects/acme/00/gone").toUri().toString()).build();

    assertThatThrownBy(() -> write(gone)).isInstanceOf(IOException.class).hasMessageContaining("gone");
    assertThat(folder.resolve("gallery.html")).doesNotExist();
  }

  private String write(ContentGenerated... contents) throws IOException {
    Path file = folder.resolve("gallery.html");
    GalleryFile.write(file, "Spring & summer", List.of(contents), store);
    return Files.readString(file);
  }

  private static String found(String pattern, String html) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(html);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static String hash(String inline) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
