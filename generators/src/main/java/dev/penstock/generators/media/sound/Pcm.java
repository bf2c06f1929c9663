package dev.penstock.generators.media.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Samples as whole numbers of 16 bits, little-endian, without and with the header of a WAV file.
public final class Pcm {

  private static final int HEADER = 44;
  private static final int FULL_SCALE = 32_767;

  private Pcm() {}

  /// One sample as 16 bits: rounded, and cut at full scale.
  public static short toShort(float sample) {
    return (short) Math.clamp(Math.round(sample * FULL_SCALE), -FULL_SCALE, FULL_SCALE);
  }

  /// The samples alone.
  public static byte[] bytes(Sound sound) {
    return put(ByteBuffer.allocate(Short.BYTES * sound.samples().length).order(ByteOrder.LITTLE_ENDIAN), sound);
  }

  /// A WAV file ("Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft, 1991).
  public static byte[] wav(Sound sound) {
    int length = Math.multiplyExact(Short.BYTES, sound.samples().length);
    int rate = sound.sampleRateHz();
    ByteBuffer wav = ByteBuffer.allocate(HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER - 8 + length).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    wav.putInt(rate).putInt(rate * Short.BYTES).putShort((short) Short.BYTES).putShort((short) Short.SIZE);
    wav.put(ascii("data")).putInt(length);
    return put(wav, sound);
  }

  private static byte[] put(ByteBuffer bytes, Sound sound) {
    for (float sample : sound.samples()) bytes.putShort(toShort(sample));
    return bytes.array();
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
