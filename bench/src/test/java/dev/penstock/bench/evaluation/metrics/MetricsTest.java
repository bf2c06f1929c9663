package dev.penstock.bench.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The figures of an evaluation are those of the field's own programs: scipy (Fréchet distance by the matrix root), prdc
/// (precision, recall, density, coverage) and nltk (BLEU). References and versions: `evaluation-reference.json`, made by
/// `src/test/python/evaluation_reference.py`.
final class MetricsTest {

  private static final Offset<Double> CLOSE = within(1e-9);
  private static JsonNode reference;
  private static double[][] real;
  private static double[][] fake;
  private static List<List<String>> texts;

  @BeforeAll
  static void read() throws IOException {
    try (var in = MetricsTest.class.getResourceAsStream("/evaluation-reference.json")) {
      reference = JsonMapper.builder().build().readTree(in);
    }
    real = vectors("real");
    fake = vectors("fake");
    texts = new ArrayList<>();
    reference.get("texts").forEach(text -> texts.add(TextVariety.words(text.asText())));
  }

  private static double[][] vectors(String name) {
    List<double[]> rows = new ArrayList<>();
    reference.get(name).forEach(row -> rows.add(row.valueStream().mapToDouble(JsonNode::asDouble).toArray()));
    return rows.toArray(double[][]::new);
  }

  private static double expected(String name) {
    return reference.get(name).asDouble();
  }

  @Test
  void frechetDistanceIsScipys() {
    assertThat(new FrechetDistance(Moments.of(real)).to(Moments.of(fake))).isCloseTo(expected("frechet"), CLOSE);
    assertThat(new FrechetDistance(Moments.of(fake)).to(Moments.of(real))).isCloseTo(expected("frechet"), CLOSE);
    assertThat(new FrechetDistance(Moments.of(real)).to(Moments.of(real))).isCloseTo(0, CLOSE);
  }

  @Test
  void eigenvaluesAreNumpys() {
    double[] values = SymmetricMatrix.eigen(Moments.of(real).covariance()).values();
    Arrays.sort(values);
    for (int i = 0; i < values.length; i++) assertThat(values[i]).isCloseTo(reference.get("eigenvalues").get(i).asDouble(), CLOSE);
  }

  @Test
  void neighboursAreThoseOfPrdc() {
    assertThat(share(new Manifold(real, 3).holds(fake))).isCloseTo(expected("precision"), CLOSE);
    assertThat(share(new Manifold(fake, 3).holds(real))).isCloseTo(expected("recall"), CLOSE);
    assertThat(Arrays.stream(new Manifold(real, 5).density(fake)).average().orElseThrow()).isCloseTo(expected("density"), CLOSE);
    assertThat(share(new Manifold(real, 5).covered(fake))).isCloseTo(expected("coverage"), CLOSE);
    assertThat(Arrays.stream(Manifold.nearest(fake, real)).average().orElseThrow()).isCloseTo(expected("meanNearest"), CLOSE);
  }

  private static double share(boolean[] claims) {
    int held = 0;
    for (boolean claim : claims) held += claim ? 1 : 0;
    return (double) held / claims.length;
  }

  @Test
  void bleuIsNltks() {
    double[] scores = TextVariety.selfBleus(texts);
    for (int i = 0; i < scores.length; i++) assertThat(scores[i]).isCloseTo(reference.get("bleus").get(i).asDouble(), CLOSE);
    assertThat(TextVariety.distinct(texts, 1)).isCloseTo(expected("distinct1"), CLOSE);
    assertThat(TextVariety.distinct(texts, 2)).isCloseTo(expected("distinct2"), CLOSE);
  }

  @Test
  void equalTextsHaveTheHighestSelfBleu() {
    List<String> same = TextVariety.words("A lamp that lasts.");
    assertThat(TextVariety.selfBleus(List.of(same, same, same))).containsOnly(1);
    assertThat(TextVariety.distinct(List.of(same, same), 1)).isEqualTo(0.5);
  }

  @Test
  void anIntervalOfAShareIsTheNormalOneOfThatManyDraws() {
    boolean[] claims = new boolean[1_000];
    for (int i = 0; i < 300; i++) claims[i] = true;
    Interval share = Bootstrap.share(claims);
    double normal = 1.96 * Math.sqrt(0.3 * 0.7 / 1_000);
    assertThat(share.value()).isCloseTo(0.3, CLOSE);
    assertThat(share.low()).isCloseTo(0.3 - normal, within(0.004));
    assertThat(share.high()).isCloseTo(0.3 + normal, within(0.004));
    assertThat(Bootstrap.share(claims)).isEqualTo(share);
  }

  @Test
  void anIntervalOfADistanceHoldsTheDistanceThoughReplicatesLieAboveIt() {
    FrechetDistance frechet = new FrechetDistance(Moments.of(real));
    Interval distance = Bootstrap.ofDistance(fake.length, 200, rows -> frechet.to(Moments.of(fake, rows)));
    assertThat(distance.value()).isCloseTo(expected("frechet"), CLOSE).isBetween(distance.low(), distance.high());
    assertThat(distance.high()).isGreaterThan(distance.low());
  }
}
