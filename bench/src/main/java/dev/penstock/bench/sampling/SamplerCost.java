package dev.penstock.bench.sampling;

import dev.penstock.bench.Figures;
import dev.penstock.generators.text.sampling.Sampler;
import dev.penstock.generators.text.sampling.SamplingSettings;
import dev.penstock.generators.text.sampling.SeenTokens;
import dev.penstock.generators.text.sampling.TokenWeights;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.stream.IntStream;

/// What one draw costs: 16 rows of made-up logits of the size of the model's vocabulary, one after another, as in a
/// decode step. Made-up: a few likely tokens over a bell curve, as language models have them.
final class SamplerCost {

  private static final int ROWS = 16;
  private static final int STEPS = 40;
  private static final int PROMPT = 64;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int vocabularySize;
  private final FloatBuffer logits;
  private final TokenWeights weights;

  SamplerCost(int vocabularySize) {
    this.vocabularySize = vocabularySize;
    this.weights = new TokenWeights(vocabularySize);
    logits =
        ByteBuffer.allocateDirect(Float.BYTES * ROWS * vocabularySize).order(ByteOrder.nativeOrder()).asFloatBuffer();
    Random random = new Random(20261122);
    for (int i = 0; i < ROWS * vocabularySize; i++) logits.put(i, (float) (4 + 2.5 * random.nextGaussian()));
    for (int row = 0; row < ROWS; row++)
      for (int rank = 0; rank < 40; rank++)
        logits.put(row * vocabularySize + random.nextInt(vocabularySize), (float) (20 - 0.2 * rank));
  }

  /// @return microseconds of processor time a draw, the median of `rounds` rounds
  double microseconds(SamplingSettings settings, int rounds) {
    double[] times = new double[rounds];
    for (int round = -10; round < rounds; round++) {
      Sampler[] samplers = IntStream.range(0, ROWS).mapToObj(row -> sampler(settings, row)).toArray(Sampler[]::new);
      long start = THREADS.getCurrentThreadCpuTime();
      for (int step = 0; step < STEPS; step++)
        for (int row = 0; row < ROWS; row++) samplers[row].next(logits, row * vocabularySize, weights);
      if (round >= 0) times[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / (STEPS * ROWS);
    }
    return Figures.median(times);
  }

  private Sampler sampler(SamplingSettings settings, long seed) {
    int[] prompt = new Random(seed).ints(PROMPT, 0, vocabularySize).toArray();
    return new Sampler(settings, seed, new SeenTokens(vocabularySize, prompt, token -> false));
  }
}
