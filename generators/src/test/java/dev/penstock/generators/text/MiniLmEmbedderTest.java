package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the text encoder promises: the numbers of the original, one direction a text, whoever else asks.
///
/// Reference: ONNX Runtime 1.31.1 and tokenizers 0.23.3 in Python on the two pinned files, mean pooling and L2 norm
/// in numpy, one thread. Tolerance 0.02: the 8-bit kernels differ between releases and processors.
class MiniLmEmbedderTest {

  private static final List<String> TEXTS =
      List.of(
          "Keep your feet dry on every trail.",
          "a waterproof hiking boot",
          "The quarterly tax report is due on Monday.",
          "Naïve café “quotes” 日本語",
          "word ".repeat(400));
  private static final float[][] FIRST_FOUR = {
    {-0.0746f, 0.0391f, 0.1457f, 0.0806f},
    {-0.1316f, 0.0586f, 0.0546f, 0.0614f},
    {-0.0087f, 0.0197f, 0.0592f, -0.0194f},
    {-0.0505f, 0.0073f, 0.0458f, -0.0069f},
    {-0.0222f, -0.0909f, -0.0396f, 0.0411f}
  };
  private static final double[][] COSINES = {
    {1.0, 0.5243, -0.0152, -0.0474, -0.041},
    {0.5243, 1.0, -0.0301, -0.0528, 0.0179},
    {-0.0152, -0.0301, 1.0, 0.0116, 0.0188},
    {-0.0474, -0.0528, 0.0116, 1.0, 0.1214},
    {-0.041, 0.0179, 0.0188, 0.1214, 1.0}
  };

  private static MiniLmEmbedder embedder;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  @Test
  void givesTheNumbersOfTheReference() {
    List<float[]> embeddings = TEXTS.stream().map(embedder::embed).toList();

    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(embeddings.get(i)).hasSize(embedder.dimensions());
      assertThat(TextEmbedder.cosine(embeddings.get(i), embeddings.get(i))).isCloseTo(1, within(1e-6));
      for (int k = 0; k < 4; k++) assertThat(embeddings.get(i)[k]).isCloseTo(FIRST_FOUR[i][k], within(0.02f));
      for (int j = 0; j < TEXTS.size(); j++)
        assertThat(TextEmbedder.cosine(embeddings.get(i), embeddings.get(j))).isCloseTo(COSINES[i][j], within(0.02));
    }
  }

  @Test
  void readsTheFirst256TokensOnly() {
    assertThat(embedder.embed("word ".repeat(300))).isEqualTo(embedder.embed("word ".repeat(400) + "unread"));
    assertThat(embedder.embed("word ".repeat(253))).isNotEqualTo(embedder.embed("word ".repeat(254)));
  }

  @Test
  void embedsTheEmptyText() {
    assertThat(embedder.embed("")).hasSize(384).doesNotContain(Float.NaN);
  }

  @Test
  void givesTheSameNumbersToManyThreads() throws Exception {
    List<float[]> alone = TEXTS.stream().map(embedder::embed).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<float[]>> together =
          IntStream.range(0, 20).mapToObj(i -> threads.submit(() -> embedder.embed(TEXTS.get(i % 5)))).toList();

      for (int i = 0; i < together.size(); i++) assertThat(together.get(i).get()).isEqualTo(alone.get(i % 5));
    }
  }
}
