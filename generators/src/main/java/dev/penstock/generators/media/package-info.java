/// Pictures, films and sound as files, whoever makes them. Each kind has a package; [Ffmpeg] loads the native encoders
/// that some of them need.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.media;
