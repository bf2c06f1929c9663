package dev.penstock.bench.evaluation.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A judge sees on real pictures, in Java, what its recipe saw in Python: the same attributes, and features within the
/// accuracy of the float16 that they are stored in. Its files are those that its card lists.
final class JudgeTest {

  private static final Path JUDGES = Path.of("../models/judges");

  @ParameterizedTest
  @ValueSource(strings = {"fashion", "product"})
  void seesOnStoredPicturesWhatTheRecipeSaw(String name) {
    try (Judge judge = Judge.open(JUDGES.resolve(name))) {
      RealPictures real = judge.real(judge.side());
      Seen seen = judge.look(real.samples());
      for (int i = 0; i < seen.count(); i++) {
        assertThat(seen.attributes()[i]).isEqualTo(real.test().attributes()[i]);
        for (int f = 0; f < seen.features()[i].length; f++)
          assertThat(seen.features()[i][f])
              .isCloseTo(real.test().features()[i][f], org.assertj.core.data.Offset.offset(1e-3 + Math.abs(real.test().features()[i][f]) / 512));
      }
    }
  }

  @Test
  void tellsColoursOfPicturesOfHalfTheSide() {
    try (Judge judge = Judge.open(JUDGES.resolve("product"))) {
      RealPictures real = judge.real(judge.side() / 2);
      List<Pixels> halved = real.samples().stream().map(picture -> picture.withSide(judge.side() / 2)).toList();
      assertThat(judge.look(halved).attributes()).isDeepEqualTo(java.util.Arrays.copyOf(real.test().attributes(), halved.size()));
    }
  }

  @Test
  void everyCaptionNamesWhatTheJudgeKnows() {
    try (Judge judge = Judge.open(JUDGES.resolve("product"))) {
      assertThat(judge.captions()).hasSize(3_000).allMatch(caption -> caption.attributes().length == 4);
      assertThat(judge.captions()).extracting(Caption::kind).containsOnly("seen", "held-out", "paraphrase");
    }
  }

  @Test
  void refusesAFileThatIsNotTheOneListed(@TempDir Path folder) throws IOException {
    try (var files = Files.list(JUDGES.resolve("fashion"))) {
      for (Path file : files.toList()) Files.copy(file, folder.resolve(file.getFileName()));
    }
    Files.writeString(folder.resolve("judge.onnx"), "another");
    assertThatThrownBy(() -> Judge.open(folder)).isInstanceOf(UserError.class).hasMessageContaining("judge.onnx is not the file that judge.json lists");
  }

  @Test
  void saysWhatAJudgeIsWhereThereIsNone(@TempDir Path folder) {
    assertThatThrownBy(() -> Judge.open(folder)).isInstanceOf(UserError.class).hasMessageContaining("judge.json is missing");
  }
}
