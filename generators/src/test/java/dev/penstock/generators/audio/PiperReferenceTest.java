package dev.penstock.generators.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.media.sound.SoundFormat;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified: the voice that `penstock models pull en-us-joe` brings says, sample by sample, what onnxruntime in Python makes of
/// the original graph with the same noise (`src/test/python/voice-fixtures/reference.py`). Skipped until it was pulled.
class PiperReferenceTest {

  private static ModelFolder folder;

  @BeforeAll
  static void find() {
    Path path = ModelRepository.userCache(System.getenv()).resolve("en-us-joe");
    Assumptions.assumeTrue(Files.isDirectory(path), "penstock models pull en-us-joe was not run");
    folder = ModelFolder.open(path);
  }

  private static JsonNode reference() throws IOException {
    try (InputStream json = Objects.requireNonNull(
        PiperReferenceTest.class.getResourceAsStream("piper-joe-reference.json"))) {
      return new ObjectMapper().readTree(json);
    }
  }

  @Test
  void saysWhatOnnxruntimeInPythonSays() throws IOException {
    JsonNode reference = reference();
    PhonemeIds ids = PhonemeIds.read(folder.file("phonemes.json"));
    try (Voice voice = Voice.open(folder)) {
      for (JsonNode expected : reference.path("cases")) {
        long[] numbers = ids.of(expected.path("ipa").asText());
        assertThat(numbers).containsExactly(new ObjectMapper().convertValue(expected.path("phoneme_ids"), long[].class));
        JsonNode scales = expected.path("scales");
        VoiceSettings settings = new VoiceSettings(scales.path(0).asDouble(), scales.path(1).asDouble(),
            scales.path(2).asDouble(), 0, 0, -16, SoundFormat.WAV);
        Sound sound = voice.speak(numbers, settings, expected.path("seed").asLong(), 0);
        assertThat(sound.samples()).hasSize(expected.path("samples").asInt());
        for (int i = 0; i < expected.path("every_499th").size(); i++)
          assertThat(sound.samples()[499 * i]).as("sample %d", 499 * i).isCloseTo(
              (float) expected.path("every_499th").path(i).asDouble(), within(1e-3f));
      }
    }
  }

  @Test
  void speaksAnAdvertisement() throws Exception {
    try (SpeechGenerator generator = SpeechGenerator.open(folder)) {
      Sound sound = generator.speak("Save 25% today.", 1);
      assertThat(sound.seconds()).isBetween(1.0, 4.0);
      GenerationRequest request = new GenerationRequest("id", "tenant", new Input.Text("Save 25% today."),
          folder.manifest().parameters().validate(java.util.Map.of()), 1, 0, 1, Priority.NORMAL, null);
      assertThat(generator.prepare(request).sentences()).hasSize(1);
    }
  }
}
