package dev.penstock.generators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelFolders;
import dev.penstock.generators.text.decoding.TinyLlama;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keeping prepacked weights promises: the same results to the bit, an entry of its own for each model, runtime
/// and processor, entries that are whole or made anew, a bound, and a model that loads even where nothing can be kept.
class PrepackedCacheTest {

  private static final int VOCABULARY = 272;

  @TempDir Path temporary;
  private Path folder;
  private Path graph;
  private PrepackedCache cache;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("prepacked");
    graph = Files.write(Files.createDirectory(temporary.resolve("model")).resolve("model.onnx"),
        TinyLlama.bytes(VOCABULARY));
    cache = cache("avx", Long.MAX_VALUE);
  }

  private PrepackedCache cache(String processor, long maxBytes) {
    return new PrepackedCache(folder, 0, maxBytes, Optional.of(processor), PackedForm.OWN);
  }

  @Test
  void givesTheSameBitsFromAnEntryAsFromTheFile() throws IOException {
    try (OnnxSession plain = OnnxSession.open(graph);
        OnnxSession first = cache.open(graph, "digest")) {
      assertThat(entries()).hasSize(1);
      FileTime made = Files.getLastModifiedTime(entries().getFirst().resolve("graph.onnx"));
      try (OnnxSession again = cache.open(graph, "digest")) {
        assertThat(again.name()).isEqualTo("model.onnx");
        assertThat(logits(first)).isEqualTo(logits(plain));
        assertThat(logits(again)).isEqualTo(logits(plain));
      }
      assertThat(Files.getLastModifiedTime(entries().getFirst().resolve("graph.onnx"))).isEqualTo(made);
    }
  }

  @Test
  void putsEveryPieceOfTheFileWhereKernelsCanReadIt() throws IOException {
    cache.open(graph, "digest").close();

    String names = new String(
        Files.readAllBytes(entries().getFirst().resolve("graph.onnx")), StandardCharsets.ISO_8859_1);
    Matcher pieces = Pattern.compile("\\|(\\d+);(\\d+);").matcher(names);
    List<Long> offsets = pieces.results().map(piece -> Long.valueOf(piece.group(1))).toList();
    assertThat(offsets).hasSizeGreaterThan(10).allSatisfy(offset -> assertThat(offset % 4096).isZero());
  }

  @Test
  void keepsAnEntryForEachModelAndProcessor() throws IOException {
    cache.open(graph, "digest").close();
    cache.open(graph, "another").close();
    cache("avx512", Long.MAX_VALUE).open(graph, "digest").close();

    assertThat(entries()).hasSize(3);
  }

  @Test
  void makesADamagedEntryAnew() throws IOException {
    try (OnnxSession first = cache.open(graph, "digest")) {
      for (String file : List.of("graph.onnx", "graph.onnx.weights", "form.txt", "files.txt")) {
        Path damaged = entries().getFirst().resolve(file);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(damaged);
        Files.write(damaged, bytes);

        try (OnnxSession again = cache.open(graph, "digest")) {
          assertThat(logits(again)).isEqualTo(logits(first));
        }
        bytes[bytes.length / 2] ^= 1;
        assertThat(damaged).hasBinaryContent(bytes);
      }
    }
  }

  @Test
  void knowsWhatItHas() {
    assertThat(cache.has("model.onnx", "digest")).isFalse();
    cache.open(graph, "digest").close();

    assertThat(cache.has("model.onnx", "digest")).isTrue();
    assertThat(cache.has("model.onnx", "another")).isFalse();
    assertThat(cache("avx512", Long.MAX_VALUE).has("model.onnx", "digest")).isFalse();
  }

  @Test
  void verifiesTheModelsFilesBeforeReadingThemInsteadOfADamagedEntry() throws IOException {
    cache.open(graph, "digest").close();
    Path weights = entries().getFirst().resolve("graph.onnx.weights");
    Files.write(weights, new byte[(int) Files.size(weights)]);
    ModelFolders.write(graph.getParent(), ModelFolders.languageModel("a-model", "1.0.0"));
    ModelFolder opened = ModelFolder.open(graph.getParent());
    ModelFolder model = new ModelFolder(
        opened.path(), opened.manifest(), Map.of("model.onnx", "0".repeat(64)), "digest", Set.of("model.onnx"));

    assertThatThrownBy(() -> cache.open(model, "model.onnx")).isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.onnx is not the file that model.yaml lists");
  }

  @Test
  void leavesOneEntryWhenManyStartAtOnce() throws Exception {
    Callable<float[]> start = () -> {
      try (OnnxSession session = cache.open(graph, "digest")) {
        return logits(session);
      }
    };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<float[]>> all = threads.invokeAll(List.of(start, start, start, start, start, start, start, start));
      for (Future<float[]> one : all) assertThat(one.get()).isEqualTo(all.getFirst().get());
    }
    assertThat(entries()).hasSize(1);
  }

  @Test
  void dropsWhatIsLongestOutOfUse() throws IOException {
    cache.open(graph, "oldest").close();
    Path oldest = entries().getFirst();
    long bytes = Files.size(oldest.resolve("graph.onnx")) + Files.size(oldest.resolve("graph.onnx.weights"));
    cache.open(graph, "older").close();
    for (Path entry : entries()) Files.setLastModifiedTime(entry, FileTime.fromMillis(entry.equals(oldest) ? 1 : 2));
    cache.open(graph, "oldest").close();

    cache("avx", bytes * 5 / 2).open(graph, "newest").close();

    assertThat(entries()).hasSize(2).contains(oldest);
  }

  /// A form of the same graph that is refused, and counts how often it is asked.
  private record Refused(AtomicInteger asked) implements PackedForm {
    @Override
    public String word() {
      return "refused";
    }

    @Override
    public Optional<Change> of(Path graph) throws IOException {
      byte[] bytes = Files.readAllBytes(graph);
      return Optional.of(new Change() {
        @Override
        public byte[] graph() {
          return bytes;
        }

        @Override
        public Optional<String> apply(PackedGraph packed) {
          asked.incrementAndGet();
          return Optional.of("its weights lie elsewhere\nhere");
        }
      });
    }
  }

  @Test
  void runsTheGraphAsItIsWhereAnotherFormIsRefusedAtEveryStart() {
    AtomicInteger asked = new AtomicInteger();
    PrepackedCache refusing =
        new PrepackedCache(folder, 0, Long.MAX_VALUE, Optional.of("avx"), new Refused(asked));
    try (OnnxSession plain = OnnxSession.open(graph);
        OnnxSession first = refusing.open(graph, "digest");
        OnnxSession later = refusing.open(graph, "digest")) {
      for (OnnxSession session : List.of(first, later)) {
        assertThat(session.form()).isEqualTo(OnnxSession.OWN_FORM);
        assertThat(logits(session)).isEqualTo(logits(plain));
      }
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void keepsAnEntryForEachForm() throws IOException {
    cache.open(graph, "digest").close();
    new PrepackedCache(folder, 0, Long.MAX_VALUE, Optional.of("avx"), new Refused(new AtomicInteger()))
        .open(graph, "digest").close();

    assertThat(entries()).hasSize(2);
  }

  @Test
  void loadsTheModelWhereNothingCanBeKept() throws IOException {
    Files.writeString(folder, "a file where the folder should be");

    try (OnnxSession plain = OnnxSession.open(graph);
        OnnxSession session = cache.open(graph, "digest")) {
      assertThat(logits(session)).isEqualTo(logits(plain));
    }
    assertThat(folder).isRegularFile();
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private static float[] logits(OnnxSession session) {
    Map<String, OnnxValue> inputs = new HashMap<>();
    inputs.put("input_ids", OnnxValue.copyOf(new long[] {5, 6, 7, 8}, 1, 4));
    inputs.put("seqlens_k", OnnxValue.copyOf(new int[] {3}, 1));
    inputs.put("total_sequence_length", OnnxValue.copyOf(new int[] {4}));
    IntStream.range(0, 2).forEach(layer -> List.of("key", "value").forEach(part ->
        inputs.put("past_key_values." + layer + "." + part, OnnxValue.copyOf(new float[2 * 8 * 16], 1, 2, 8, 16))));
    float[] logits = new float[VOCABULARY];
    session.run(inputs, Set.of("logits")).get("logits").floats().get(0, logits);
    return logits;
  }
}
