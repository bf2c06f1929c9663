package dev.penstock.generators.text.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the sampler keeps of an answer's rule: only allowed tokens are drawn, none after which no end would fit, and the
/// way out where all that was tried leaves no room. Greedy and drawn, for few and for many allowed tokens.
class AnswerRuleTest {

  private static final int VOCABULARY = 1000;

  /// Allows some tokens; those below `roomy` leave room.
  private static final class FakeRule implements AnswerRule {
    private final AllowedTokens allowed;
    private final int roomy;
    private final List<Integer> accepted = new ArrayList<>();

    FakeRule(BitSet allowed, int roomy) {
      this.allowed = AllowedTokens.of(allowed);
      this.roomy = roomy;
    }

    @Override
    public AllowedTokens allowed() {
      return allowed;
    }

    @Override
    public boolean leavesRoom(int token) {
      return token < roomy;
    }

    @Override
    public int wayOut() {
      return VOCABULARY - 1;
    }

    @Override
    public void accept(int token) {
      accepted.add(token);
    }

    @Override
    public boolean isPunctuation(int token) {
      return false;
    }

    @Override
    public double urgeToClose() {
      return 0;
    }

    @Override
    public int[] closers() {
      return new int[0];
    }

    @Override
    public boolean isOver() {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 0.0", "3, 1.0", "900, 0.0", "900, 1.0", "997, 0.8"})
  void drawsOnlyWhatIsAllowedAndLeavesRoom(int count, double temperature) {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      BitSet allowed = new BitSet();
      while (allowed.cardinality() < count) allowed.set(random.nextInt(VOCABULARY));
      int roomy = allowed.nextSetBit(VOCABULARY / 2) < 0 ? VOCABULARY : allowed.previousSetBit(VOCABULARY) + 1;
      FakeRule rule = new FakeRule(allowed, roomy);

      int token = sampler(temperature, seed, rule).next(logits(random), 0, new TokenWeights(VOCABULARY));

      assertThat(allowed.get(token)).as("seed %d, token %d", seed, token).isTrue();
      assertThat(rule.accepted).containsExactly(token);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0", "1.0"})
  void takesTheLikeliestThatLeavesRoomElseTheWayOut(double temperature) {
    BitSet three = new BitSet();
    three.set(5);
    three.set(6);
    three.set(700);
    for (int seed = 0; seed < 50; seed++) {
      FloatBuffer logits = logits(new Random(seed));
      int some = sampler(temperature, seed, new FakeRule(three, 700)).next(logits, 0, new TokenWeights(VOCABULARY));
      int none = sampler(temperature, seed, new FakeRule(three, 0)).next(logits, 0, new TokenWeights(VOCABULARY));

      assertThat(some).isIn(5, 6);
      assertThat(none).isEqualTo(VOCABULARY - 1);
    }
  }

  private static Sampler sampler(double temperature, long seed, AnswerRule rule) {
    SeenTokens seen = new SeenTokens(VOCABULARY, new int[0], token -> false);
    return new Sampler(new SamplingSettings(temperature, 0, 0.9, 0, 1.1), seed, seen, rule);
  }

  private static FloatBuffer logits(Random random) {
    float[] logits = new float[VOCABULARY];
    for (int i = 0; i < VOCABULARY; i++) logits[i] = (float) random.nextGaussian() * 5;
    return FloatBuffer.wrap(logits);
  }
}
