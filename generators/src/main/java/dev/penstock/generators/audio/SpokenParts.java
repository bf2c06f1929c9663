package dev.penstock.generators.audio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.PartialText;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.media.sound.SoundFormat;
import dev.penstock.generators.models.SpeechSection;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the bytes of a sound file of sentences while they are spoken: of `opus`, `mp3` and `pcm` each sentence as it comes; a
/// file of `wav` or `flac` says at its beginning how long it is, so nothing of it is certain before the end. Any thread.
///
/// @param section of the voice
public record SpokenParts(SpeechSection section) implements PartialText.Source {

  @Override
  public PartialText begin(GenerationRequest request) {
    return new Parts(VoiceSettings.of(section, request.parameters()), section.sampleRateHz());
  }

  @Override
  public String mediaType(Map<String, Object> parameters) {
    SoundFormat format = VoiceSettings.of(section, parameters).format();
    return format.mediaType(section.sampleRateHz());
  }

  @Override
  public Charset charset() {
    return ISO_8859_1;
  }

  private static final class Parts implements PartialText {

    private final VoiceSettings settings;
    private final int sampleRateHz;
    private @Nullable SentenceFile file;

    private Parts(VoiceSettings settings, int sampleRateHz) {
      this.settings = settings;
      this.sampleRateHz = sampleRateHz;
    }

    @Override
    public String add(PartialResult part) {
      return switch (part) {
        case PartialResult.Sentence(int _, float[] samples, int rate) ->
            new String(file().add(new Sound(samples, rate)), ISO_8859_1);
        case PartialResult.Tokens _ -> throw new IllegalArgumentException("a voice writes no tokens");
      };
    }

    private SentenceFile file() {
      if (file == null) file = new SentenceFile(settings, sampleRateHz);
      return file;
    }

    @Override
    public void close() {
      if (file != null) file.close();
    }
  }
}
