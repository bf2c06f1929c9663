package dev.penstock.generators.media.sound;

/// A sound could not be encoded. One sentence says why.
public final class SoundEncodingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SoundEncodingException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
