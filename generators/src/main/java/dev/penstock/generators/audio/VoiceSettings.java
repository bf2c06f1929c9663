package dev.penstock.generators.audio;

import dev.penstock.generators.media.sound.SoundFormat;
import dev.penstock.generators.models.SpeechSection;
import java.util.Map;

/// How a text is to be spoken.
///
/// @param noise         scale of the noise, 0 = none
/// @param length        scale of all durations, above 0
/// @param durationNoise scale of the durations' noise, 0 = none
/// @param speaker       number of the speaker
/// @param pauseSeconds  silence between sentences
/// @param loudnessLufs  of each sentence
record VoiceSettings(
    double noise,
    double length,
    double durationNoise,
    int speaker,
    double pauseSeconds,
    double loudnessLufs,
    SoundFormat format) {

  /// @param parameters validated and with defaults, as the manifest declares them
  static VoiceSettings of(SpeechSection section, Map<String, Object> parameters) {
    return new VoiceSettings(
        (double) parameters.getOrDefault("liveliness", section.noise()),
        section.length() / (double) parameters.getOrDefault("speed", 1.0),
        (double) parameters.getOrDefault("rhythm", section.durationNoise()),
        Math.max(0, section.speakers().indexOf((String) parameters.getOrDefault("speaker", ""))),
        (double) parameters.getOrDefault("sentencePause", 0.25),
        (double) parameters.getOrDefault("loudness", -16.0),
        SoundFormat.of((String) parameters.getOrDefault("format", "wav")));
  }
}
