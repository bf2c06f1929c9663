package dev.penstock.runtime.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was put comes back unchanged or not at all; the same bytes are one object; no tenant reaches another's.
class ObjectStoreTest {

  private static final byte[] BODY = "a body".getBytes(UTF_8);

  /// SHA-256 of the body, as sha256sum prints it.
  private static final String SHA256 = "771824de42287642fa0fbe0b568b80cc3290e29b7d3cd6efbc7b1b8eb1037b04";

  @TempDir Path root;
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(root.toUri());
  }

  @Test
  void givesBackWhatWasPutAndNamesItByItsContent() throws IOException {
    URI uri = store.put("shop", BODY);

    assertThat(store.get(uri)).isEqualTo(BODY);
    assertThat(uri.getPath()).isEqualTo(root.resolve("shop/77").resolve(SHA256).toString());
  }

  @Test
  void keepsTheSameBytesOnceAndYoung() throws IOException {
    Path file = Path.of(store.put("shop", BODY));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(30))));

    assertThat(Path.of(store.put("shop", BODY))).isEqualTo(file);

    assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "/etc", "a/b", ".", "..", "", "Ünï", "~x", "a\0b"})
  void keepsEveryTenantInAFolderOfItsOwnBelowTheRoot(String tenant) throws IOException {
    Path file = Path.of(store.put(tenant, BODY));
    Path plain = Path.of(store.put("shop", BODY));

    assertThat(file.startsWith(root)).isTrue();
    assertThat(root.relativize(file).getNameCount()).isEqualTo(3);
    assertThat(file.getParent().getParent()).isNotEqualTo(plain.getParent().getParent());
    assertThat(store.get(file.toUri())).isEqualTo(BODY);
  }

  @Test
  void takesTenantsOfAnyLength() throws IOException {
    String tenant = "店".repeat(128);

    assertThat(store.get(store.put(tenant, BODY))).isEqualTo(BODY);
    assertThat(store.put(tenant, BODY)).isNotEqualTo(store.put(tenant + "x", BODY));
  }

  @Test
  void refusesBytesThatChanged() throws IOException {
    URI uri = store.put("shop", BODY);
    Files.writeString(Path.of(uri), "another");

    assertThatThrownBy(() -> store.get(uri)).isInstanceOf(IOException.class).hasMessageContaining(uri.toString());
  }

  @Test
  void refusesWhatLiesElsewhere() throws IOException {
    Path secret = Files.writeString(root.resolveSibling("secret"), "x");
    URI uri = URI.create(root.toUri() + "../secret");

    assertThatThrownBy(() -> store.get(uri)).isInstanceOf(IOException.class).hasMessageContaining("not in the object store");
    Files.delete(secret);
  }

  @Test
  void saysWhichStoresThereAre() {
    assertThatThrownBy(() -> ObjectStore.open(URI.create("s3://bucket")))
        .isInstanceOf(UserError.class)
        .hasMessage("object.store.uri is s3://bucket; allowed is file:FOLDER");
  }

  @Test
  void takesAFolderRelativeToWhereTheProcessRuns() throws IOException {
    URI uri = ObjectStore.open(URI.create("file:target/objects")).put("shop", BODY);

    assertThat(Path.of(uri)).startsWith(Path.of("target/objects").toAbsolutePath());
  }

  @Test
  void aReaderThatWasNotToldOfTheStoreFindsObjectsOfThisHostAndNothingElse() throws IOException {
    URI uri = store.put("shop", BODY);
    ObjectSource source = ObjectSource.onThisHost();

    assertThat(source.get(uri)).isEqualTo(BODY);
    Path secret = Files.writeString(root.resolve("secret"), "a password");
    assertThatThrownBy(() -> source.get(secret.toUri())).isInstanceOf(IOException.class).hasMessageContaining("is not an object in a folder of this host");
    Path disguised = Files.writeString(root.resolve(SHA256), "a password");
    assertThatThrownBy(() -> source.get(disguised.toUri())).isInstanceOf(IOException.class).hasMessageContaining("does not have the bytes its name promises");
    URI gone = root.resolve("gone/" + SHA256).toUri();
    assertThatThrownBy(() -> source.get(gone)).isInstanceOf(IOException.class).hasMessageContaining("is not there; its store is on another host");
    assertThatThrownBy(() -> source.get(URI.create("http://host/" + SHA256))).isInstanceOf(IOException.class).hasMessageContaining("--set object.store.uri");
  }
}
