package dev.penstock.generators.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generators.models.ModelFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Specified, on voices that are formulas: a text is spoken a sentence a step, the same bytes alone and beside others, told in
/// parts or not; its parameters do what they say, and what a voice cannot speak is refused in a sentence.
class SpeechGeneratorTest {

  private static final String TEXT = "Meet the trail shoe. It laughs at rain! Only $19.99 today.";

  @TempDir static Path folder;
  private static ModelFolder voice;
  private static SpeechGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    voice = Voices.imported("tiny-choir", folder);
    generator = SpeechGenerator.open(voice);
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  private static GenerationRequest request(String text, long seed, Map<String, String> parameters) {
    Map<String, Object> values = new HashMap<>(voice.manifest().parameters().validate(parameters));
    return new GenerationRequest("id", "tenant", new Input.Text(text), values, seed, 0, 1, Priority.NORMAL, null);
  }

  private static List<Sound> draft(GenerationRequest request) throws Exception {
    PreparedSpeech prepared = generator.prepare(request);
    generator.stepper().admit(1, prepared);
    for (int step = 1; ; step++)
      for (Ended<List<Sound>> end : generator.stepper().step())
        if (end instanceof Ended.Finished<List<Sound>>(_, List<Sound> draft, int steps)) {
          assertThat(steps).isEqualTo(step).isEqualTo(generator.stepper().mostSteps(prepared));
          return draft;
        }
  }

  private static GenerationResult result(GenerationRequest request) throws Exception {
    return generator.complete(request, generator.prepare(request), draft(request));
  }

  private static GenerationResult result(String text, long seed, Map<String, String> parameters) throws Exception {
    return result(request(text, seed, parameters));
  }

  private static double seconds(String... parameter) throws Exception {
    return result(TEXT, 1, Map.of(parameter[0], parameter[1], "rhythm", "0")).scores().get("seconds");
  }

  private static PartialResult part(int number, Sound sentence) {
    return new PartialResult.Sentence(number, sentence.samples(), sentence.sampleRateHz());
  }

  @Test
  void makesAWavFileThatOtherProgramsRead() throws Exception {
    GenerationResult result = result(TEXT, 1, Map.of());
    assertThat(result.mediaType()).isEqualTo("audio/wav");
    try (AudioInputStream wav = AudioSystem.getAudioInputStream(new ByteArrayInputStream(result.body()))) {
      assertThat(wav.getFormat().getSampleRate()).isEqualTo(8_000);
      assertThat(wav.getFormat().getSampleSizeInBits()).isEqualTo(16);
      assertThat(wav.getFrameLength() / 8_000.0).isEqualTo(result.scores().get("seconds"));
    }
    assertThat(result.scores().get("loudness")).isCloseTo(-16, within(1.0));
    assertThat(result.scores().get("truePeak")).isLessThan(-0.9);
    assertThat(result.scores()).containsKey("wordsPerMinute");
    assertThat(result.usage().inputTokens()).isGreaterThan(40);
  }

  @Test
  void takesAStepASentence() throws Exception {
    assertThat(draft(request(TEXT, 1, Map.of()))).hasSize(3);
  }

  @Test
  void givesTheSameBytesAloneAndBesideOthers() throws Exception {
    List<GenerationRequest> requests = List.of(
        request(TEXT, 1, Map.of()), request("Tea.", 2, Map.of("speaker", "tenor")), request(TEXT, 3, Map.of("speed", "1.5")),
        request("One. Two. Three. Four. Five.", 4, Map.of("format", "pcm")));
    Stepper<PreparedSpeech, List<Sound>> stepper = generator.stepper();
    Map<Long, List<Sound>> drafts = new HashMap<>();
    for (int step = 0; drafts.size() < requests.size(); step++) {
      if (step < requests.size()) stepper.admit(step, generator.prepare(requests.get(step)));
      for (Ended<List<Sound>> end : stepper.step())
        if (end instanceof Ended.Finished<List<Sound>>(long execution, List<Sound> draft, int _)) drafts.put(execution, draft);
    }
    for (int i = 0; i < requests.size(); i++) {
      GenerationRequest each = requests.get(i);
      assertThat(generator.complete(each, generator.prepare(each), drafts.get((long) i)).body())
          .as("request %d", i).isEqualTo(result(each).body());
    }
  }

  @Test
  void speaksOtherwiseWithAnotherSeedUnlessThereIsNoNoise() throws Exception {
    assertThat(result(TEXT, 1, Map.of()).body()).isNotEqualTo(result(TEXT, 2, Map.of()).body());
    Map<String, String> plain = Map.of("liveliness", "0", "rhythm", "0");
    assertThat(result(TEXT, 1, plain).body()).isEqualTo(result(TEXT, 2, plain).body());
  }

  @Test
  void hasSpeakersSpeedAndPauses() throws Exception {
    assertThat(result(TEXT, 1, Map.of()).body()).isNotEqualTo(result(TEXT, 1, Map.of("speaker", "tenor")).body());
    assertThat(seconds("speed", "2")).isLessThan(0.7 * seconds("speed", "1"));
    assertThat(seconds("sentencePause", "1") - seconds("sentencePause", "0")).isEqualTo(2, within(0.001));
    assertThat(result(TEXT, 1, Map.of("loudness", "-23")).scores().get("loudness")).isCloseTo(-23, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wav", "flac", "opus", "mp3", "pcm"})
  void givesTheSameBytesInEveryFormatAndAsAFileOfParts(String format) throws Exception {
    GenerationRequest request = request(TEXT, 5, Map.of("format", format));
    byte[] body = result(request).body();
    assertThat(result(request).body()).isEqualTo(body);
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PreparedSpeech prepared = generator.prepare(request);
    try (SentenceFile file = new SentenceFile(prepared.settings(), 8_000)) {
      for (Sound sentence : draft(request)) told.writeBytes(file.add(sentence));
      told.writeBytes(file.end());
    }
    assertThat(told.toByteArray()).isEqualTo(body);
  }

  @Test
  void tellsEverySentenceButTheLastAsAPart() throws Exception {
    GenerationRequest request = request(TEXT, 1, Map.of());
    Stepper<PreparedSpeech, List<Sound>> stepper = generator.stepper();
    stepper.admit(7, generator.prepare(request));
    List<PartialResult> parts = new ArrayList<>();
    for (int step = 0; step < 2; step++) {
      assertThat(stepper.step()).isEmpty();
      parts.addAll(stepper.takeParts(7));
    }
    assertThat(stepper.takeParts(7)).isEmpty();
    List<Sound> draft = ((Ended.Finished<List<Sound>>) stepper.step().getFirst()).draft();
    assertThat(parts).containsExactly(part(0, draft.get(0)), part(1, draft.get(1)));
  }

  /// What is told on the way is how the body begins, so it can be sealed.
  @ParameterizedTest
  @ValueSource(strings = {"opus", "mp3", "pcm"})
  void tellsTheBeginningOfTheBody(String format) throws Exception {
    GenerationRequest request = request(TEXT, 1, Map.of("format", format));
    SpokenParts source = new SpokenParts(voice.manifest().speech());
    GenerationResult result = result(request);
    assertThat(source.mediaType(request.parameters())).isEqualTo(result.mediaType());
    PartialText parts = source.begin(request);
    StringBuilder told = new StringBuilder();
    List<Sound> draft = draft(request);
    for (int i = 0; i < 2; i++) told.append(parts.add(part(i, draft.get(i))));
    parts.close();
    assertThat(told).isNotEmpty();
    assertThat(new String(result.body(), source.charset())).startsWith(told).hasSizeGreaterThan(told.length());
  }

  @Test
  void speaksForSoundTracks() throws Exception {
    Sound sound = generator.speak("Two words. And three.", 9);
    assertThat(sound.sampleRateHz()).isEqualTo(8_000);
    assertThat(sound.samples()).isEqualTo(generator.speak("Two words. And three.", 9).samples());
  }

  @Test
  void refusesInASentenceWhatItCannotSpeak() {
    assertThat(refusal("Спасибо, друзья")).hasMessageContaining("letters of the script Cyrillic").hasMessageNotContaining("друзья");
    assertThat(refusal("こんにちは").reason()).isEqualTo("TEXT_NOT_SPEAKABLE");
    assertThat(refusal("... 🎉 ...").reason()).isEqualTo("NOTHING_TO_SAY");
    assertThat(refusal("word ".repeat(3_000)).reason()).isEqualTo("TEXT_TOO_LONG");
    assertThatThrownBy(() -> request(TEXT, 1, Map.of("speaker", "bass")))
        .isInstanceOf(InvalidParameterException.class).hasMessageContaining("one of alto, tenor");
    assertThatThrownBy(() -> request(TEXT, 1, Map.of("format", "aiff"))).hasMessageContaining("wav, flac, opus, mp3, pcm");
    assertThatThrownBy(() -> request(TEXT, 1, Map.of("speed", "9"))).hasMessageContaining("a number from 0.5 to 2");
  }

  private static Rejected refusal(String text) {
    return catchThrowableOfType(Rejected.class, () -> generator.prepare(request(text, 1, Map.of())));
  }
}
