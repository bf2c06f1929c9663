package dev.penstock.generators.audio;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Seeds;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.audio.phonemes.EnglishPhonemizer;
import dev.penstock.generators.audio.phonemes.EspeakPhonemizer;
import dev.penstock.generators.audio.phonemes.Phonemizer;
import dev.penstock.generators.audio.phonemes.Utterance;
import dev.penstock.generators.media.sound.Loudness;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.media.sound.SoundEncodingException;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.SpeechSection;
import dev.penstock.generators.onnx.InferenceException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Speaks the prompt's text, a sentence a step.
///
/// Parameters: `speed`, `liveliness`, `rhythm`, `sentencePause`, `loudness`, `format`, `phonemes` and, where there are
/// several, `speaker`: [SpeechSection#commonParameters]. Scores: `seconds`, `loudness` in LUFS, `truePeak` in dBTP and
/// `wordsPerMinute`. Usage counts phonemes as input tokens.
public final class SpeechGenerator implements Generator<PreparedSpeech, List<Sound>>, Speaker {

  /// Texts that are spoken side by side.
  public static final int SLOTS = 4;

  private static final int LONGEST_TEXT = 10_000;
  /// What a run of the graph holds at once, estimated from a sentence of 20 seconds.
  private static final long RUN_BYTES = 400_000_000;

  private final ModelManifest manifest;
  private final SpeechSection section;
  private final Voice voice;
  private final PhonemeIds ids;
  private final SpeechStepper stepper;
  private final Phonemizer espeak;
  private final @Nullable Phonemizer english;

  private SpeechGenerator(ModelFolder folder, Voice voice) {
    this.manifest = folder.manifest();
    this.section = manifest.speech();
    this.voice = voice;
    this.ids = PhonemeIds.read(folder.file(section.phonemeIds()));
    this.stepper = new SpeechStepper(voice, SLOTS);
    this.espeak = new EspeakPhonemizer("espeak-ng", section.language());
    this.english = section.isEnglish() ? new EnglishPhonemizer() : null;
  }

  /// Loads a voice.
  ///
  /// @throws InvalidModelException if the folder holds another family, or the graph is not what the manifest says
  public static SpeechGenerator open(ModelFolder folder) {
    Voice voice = null;
    try {
      voice = Voice.open(folder);
      return new SpeechGenerator(folder, voice);
    } catch (RuntimeException e) {
      if (voice != null) voice.close();
      if (!(e instanceof InferenceException)) throw e;
      throw new InvalidModelException("Model " + folder.manifest().name() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /// What a run takes beside the weights, about.
  public static long runBytes() {
    return RUN_BYTES;
  }

  @Override
  public PreparedSpeech prepare(GenerationRequest request) throws GenerationException {
    if (request.candidates() > 1)
      throw new Rejected("CANDIDATES_NOT_SUPPORTED", "The prompt asks for " + request.candidates()
          + " candidates; speech has no score to choose by, so ask for 1 candidate and several variants.");
    long seed = Seeds.draw(request.seed(), request.variant(), 0);
    return prepare(request.input().brief(), request.parameters(), seed);
  }

  private PreparedSpeech prepare(String text, Map<String, Object> parameters, long seed) throws GenerationException {
    if (text.length() > LONGEST_TEXT)
      throw new Rejected("TEXT_TOO_LONG", "The text has " + text.length() + " characters; at most " + LONGEST_TEXT
          + " are spoken, so send it in parts.");
    boolean builtIn = english != null && !"espeak".equals(parameters.get("phonemes"));
    List<Utterance> utterances = (builtIn && english != null ? english : espeak).utterances(text);
    if (utterances.isEmpty())
      throw new Rejected("NOTHING_TO_SAY", "The text holds no word that can be spoken; letters or numbers are needed.");
    List<long[]> sentences = utterances.stream().map(each -> ids.of(each.phonemes())).toList();
    int phonemes = utterances.stream().mapToInt(each -> each.phonemes().length()).sum();
    int words = utterances.stream().mapToInt(Utterance::words).sum();
    return new PreparedSpeech(sentences, phonemes, words, VoiceSettings.of(section, parameters), seed);
  }

  @Override
  public Stepper<PreparedSpeech, List<Sound>> stepper() {
    return stepper;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedSpeech prepared, List<Sound> draft)
      throws GenerationException {
    VoiceSettings settings = prepared.settings();
    List<Sound> parts = audible(draft, settings);
    Sound whole = Sound.join(parts);
    Loudness loudness = Loudness.of(whole);
    Map<String, Double> scores = Map.of(
        "seconds", whole.seconds(),
        "loudness", Math.max(loudness.integratedLufs(), -100),
        "truePeak", Math.max(loudness.truePeakDbtp(), -100),
        "wordsPerMinute", 60 * prepared.words() / whole.seconds());
    String mediaType = settings.format().mediaType(whole.sampleRateHz());
    Usage usage = new Usage(prepared.phonemes(), 0, 0, 0);
    return new GenerationResult(
        encoded(parts, settings), mediaType, List.of(), scores, usage, FinishReason.STOP, Timings.NONE);
  }

  private static List<Sound> audible(List<Sound> sentences, VoiceSettings settings) {
    List<Sound> parts = new ArrayList<>();
    for (Sound sentence : sentences) parts.add(SentenceFile.audible(sentence, settings, parts.isEmpty()));
    return parts;
  }

  private static byte[] encoded(List<Sound> parts, VoiceSettings settings) throws GenerationException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (SentenceFile file = new SentenceFile(settings, parts.getFirst().sampleRateHz())) {
      for (Sound part : parts) body.writeBytes(file.addAudible(part));
      body.writeBytes(file.end());
      return body.toByteArray();
    } catch (SoundEncodingException e) {
      throw new Broken("SOUND_NOT_ENCODED", String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Sound speak(String text, long seed) throws GenerationException {
    PreparedSpeech prepared = prepare(text, manifest.parameters().validate(Map.of()), seed);
    List<Sound> sentences = new ArrayList<>();
    for (int i = 0; i < prepared.sentences().size(); i++)
      sentences.add(voice.speak(prepared.sentences().get(i), prepared.settings(), seed, i));
    return Sound.join(audible(sentences, prepared.settings()));
  }

  @Override
  public void close() {
    voice.close();
  }
}
