package dev.penstock.generators.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.importing.ModelKind;
import dev.penstock.generators.models.piper.PiperImporter;
import dev.penstock.generators.onnx.OnnxSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Specified: a voice of Piper becomes a model folder whose graph draws nothing itself and otherwise says what the
/// original says; what cannot be imported is named in a sentence, and nothing stays.
class PiperImporterTest {

  @TempDir Path folder;

  private void importing(Path voice) {
    PiperImporter.importVoice(voice, folder.resolve("models/voice"), Voices.options("voice"), (stage, done, total) -> {});
  }

  @Test
  void turnsTheDrawsIntoInputsAndFindsTheirSizes() throws IOException {
    ModelFolder voice = Voices.imported("tiny-choir", folder);
    var section = voice.manifest().speech();
    assertThat(section.durationNoiseChannels()).isEqualTo(2);
    assertThat(section.noiseChannels()).isEqualTo(3);
    assertThat(section.samplesPerFrame()).isEqualTo(64);
    assertThat(section.sampleRateHz()).isEqualTo(8_000);
    assertThat(section.speakers()).containsExactly("alto", "tenor");
    assertThat(voice.manifest().measured()).containsEntry("maxDifference", 0.0);
    try (OnnxSession session = OnnxSession.open(voice.file(section.graph()))) {
      assertThat(session.inputs().keySet())
          .containsExactlyInAnyOrder("input", "input_lengths", "scales", "sid", "duration_noise", "noise");
      assertThat(session.outputs().keySet()).containsExactly("output", "noise_shape");
    }
  }

  @Test
  void givesTheSameFolderEachTime() throws IOException {
    ModelFolder first = Voices.imported("tiny-voice", folder);
    ModelFolder second = PiperImporter.importVoice(folder, folder.resolve("models/again"), Voices.options("tiny-voice"),
        (stage, done, total) -> {});
    assertThat(second.digest()).isEqualTo(first.digest());
  }

  @Test
  void isRecognisedAsAFileAndAsAFolder() throws IOException {
    Path voice = Voices.original("tiny-voice", folder);
    assertThat(List.of(ModelKind.of(voice), ModelKind.of(folder))).containsOnly(ModelKind.PIPER);
  }

  @Test
  void refusesAFolderOfTwoVoicesWithoutAName() throws IOException {
    Voices.original("tiny-voice", folder);
    Voices.original("tiny-choir", folder);
    assertThatThrownBy(() -> importing(folder)).isInstanceOf(ModelImportException.class)
        .hasMessageContaining("holds 2 voices of Piper (tiny-choir.onnx, tiny-voice.onnx)");
  }

  @Test
  void refusesADamagedGraphAndLeavesNothing() throws IOException {
    Path voice = Voices.original("tiny-voice", folder);
    byte[] whole = Files.readAllBytes(voice);
    Files.write(voice, Arrays.copyOf(whole, whole.length - 100));
    assertThatThrownBy(() -> importing(voice)).isInstanceOf(ModelImportException.class).hasMessageContaining("is not readable as ONNX");
    assertThat(folder.resolve("models")).satisfiesAnyOf(
        models -> assertThat(models).doesNotExist(), models -> assertThat(models).isEmptyDirectory());
  }

  @Test
  void refusesAGraphThatIsNoVoice() throws IOException {
    Path voice = Voices.original("tiny-voice", folder);
    Path imported = Voices.imported("tiny-choir", folder).file("voice.onnx");
    Files.write(voice, Files.readAllBytes(imported));
    assertThatThrownBy(() -> importing(voice)).isInstanceOf(ModelImportException.class)
        .hasMessageContaining("cannot be imported as a voice: its inputs are");
  }

  @Test
  void refusesAVoiceThatReadsLetters() throws IOException {
    Path voice = Voices.original("tiny-voice", folder);
    Path config = folder.resolve("tiny-voice.onnx.json");
    Files.writeString(config, Files.readString(config).replace("\"phoneme_type\": \"espeak\"", "\"phoneme_type\": \"text\""));
    assertThatThrownBy(() -> importing(voice)).hasMessageContaining("phoneme_type text");
  }
}
