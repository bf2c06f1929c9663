/// Sound, whoever makes it: [Sound] holds samples, [LoudnessNormalizer] brings them to a [Loudness], and a [SoundFormat] makes
/// a file of them, at once or with a [SoundEncoder] while they come. Nobody else needs to know about FFmpeg.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.media.sound;
