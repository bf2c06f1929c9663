/// Sound, whoever makes it: [Sound] holds samples, [Pcm] makes WAV of them.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.media.sound;
