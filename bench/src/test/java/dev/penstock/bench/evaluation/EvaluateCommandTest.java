package dev.penstock.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.penstock.bench.evaluation.judge.Judge;
import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bundled picture model is judged from end to end: its own figures stand beside those of real pictures and of a
/// Gaussian, and real pictures come out best.
final class EvaluateCommandTest {

  private static final Path MODELS = Path.of("../models");

  @Test
  void aBundledModelStandsBetweenTheGaussianAndRealPictures() throws Exception {
    try (Judge judge = Judge.open(MODELS.resolve("judges/fashion"));
        ProgressBar bar = new ProgressBar(new PrintStream(OutputStream.nullOutputStream()))) {
      Evaluation evaluation = new PictureEvaluation(judge, 200, null, bar).of(ModelFolder.open(MODELS.resolve("fashion-cvae")), null);
      var figures = evaluation.figures();
      assertThat(value(evaluation, "frechet_floor")).isLessThan(value(evaluation, "frechet"));
      assertThat(value(evaluation, "accuracy")).isBetween(0.8, 1.0).isGreaterThan(value(evaluation, "accuracy_gaussian"));
      assertThat(value(evaluation, "nearest_train_ratio_real")).isBetween(0.8, 1.2);
      assertThat(figures.values()).allMatch(figure -> figure.low() <= figure.value() && figure.value() <= figure.high());
      JsonNode json = JsonMapper.builder().build().readTree(EvaluateCommand.flat(evaluation, evaluation));
      assertThat(json.get("recall").asDouble()).isBetween(json.get("recall_low").asDouble(), json.get("recall_high").asDouble());
      assertThat(json.get("against_frechet")).isEqualTo(json.get("frechet"));
      assertThat(EvaluateCommand.page("a machine", evaluation, null))
          .contains("<svg", "data:image/png;base64,", "ankle-boot").doesNotContain("http://", "https://", "src=\"/");
    }
  }

  @Test
  void picturesOfLatentsAreJudgedInTheirOwnSize() throws Exception {
    try (Judge judge = Judge.open(MODELS.resolve("judges/product"));
        ProgressBar bar = new ProgressBar(new PrintStream(OutputStream.nullOutputStream()))) {
      Evaluation evaluation =
          new PictureEvaluation(judge, 20, null, bar).of(ModelFolder.open(MODELS.resolve("product-latent-diffusion")), null);
      assertThat(value(evaluation, "side")).isEqualTo(64);
      assertThat(value(evaluation, "seen_object")).isGreaterThan(0.8);
    }
  }

  private static double value(Evaluation evaluation, String figure) {
    return evaluation.figures().get(figure).value();
  }

  @Test
  void saysOfIntervalsAloneThatTheyAreApart() {
    assertThat(EvaluateCommand.apart(new Interval(0.5, 0.4, 0.6), new Interval(0.7, 0.65, 0.75))).isEqualTo("apart");
    assertThat(EvaluateCommand.apart(new Interval(0.5, 0.4, 0.6), new Interval(0.6, 0.55, 0.65))).isEqualTo("intervals overlap");
    assertThat(EvaluateCommand.apart(Interval.exactly(1), Interval.exactly(2))).isEmpty();
  }

  @Test
  void refusesToMeasureAVersionBesideItselfAndWhatMakesNothingToJudge() {
    EvaluateCommand command = new EvaluateCommand();
    command.models = List.of(MODELS);
    command.name = "fashion-gan";
    command.against = ModelFolder.open(MODELS.resolve("fashion-gan")).manifest().version();
    assertThatThrownBy(command::call).isInstanceOf(UserError.class).hasMessageContaining("is what would be evaluated");
    command.against = null;
    command.name = "brief-ner";
    assertThatThrownBy(command::call).isInstanceOf(UserError.class)
        .hasMessage("The model brief-ner is of the family token-classification; generators of text, pictures and speech can be evaluated.");
  }

  @Test
  void refusesACountThatSaysNothing() {
    EvaluateCommand command = new EvaluateCommand();
    command.count = 3;
    assertThatThrownBy(command::call).isInstanceOf(UserError.class).hasMessageContaining("--count is 3; 20 to 20,000 are allowed");
  }
}
