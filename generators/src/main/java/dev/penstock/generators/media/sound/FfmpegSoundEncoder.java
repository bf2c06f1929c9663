package dev.penstock.generators.media.sound;

import dev.penstock.generators.media.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameRecorder;

/// FLAC, Opus and MP3 by FFmpeg's libraries. What is certain of Opus and MP3 is returned at once; FLAC says at its beginning
/// how many samples there are, so all of it comes at the end. Without dates, version words and random serial numbers in the file, so that
/// the same samples give the same bytes.
final class FfmpegSoundEncoder implements SoundEncoder {

  private static final int OPUS_RATE = 48_000;
  private static final int OPUS_BITS = 48_000;
  private static final int MP3_BITS = 96_000;
  /// Where the 36 bits of the number of samples end in a FLAC file, which begins with its STREAMINFO (RFC 9639, 8.2).
  private static final int FLAC_SAMPLES_END = 26;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final FFmpegFrameRecorder recorder;
  private final SoundFormat format;
  private long samples;

  private FfmpegSoundEncoder(SoundFormat format, int sampleRateHz) throws FrameRecorder.Exception {
    this.format = format;
    Ffmpeg.load();
    recorder = new FFmpegFrameRecorder(bytes, 1);
    recorder.setSampleRate(sampleRateHz);
    recorder.setOption("fflags", "+bitexact");
    recorder.setAudioOption("flags", "+bitexact");
    recorder.setAudioOption("threads", "1");
    switch (format) {
      case FLAC -> codec("flac", avcodec.AV_CODEC_ID_FLAC, 0);
      case OPUS -> {
        codec("ogg", avcodec.AV_CODEC_ID_OPUS, OPUS_BITS);
        recorder.setAudioCodecName("libopus");
        recorder.setSampleRate(OPUS_RATE);
      }
      case MP3 -> {
        codec("mp3", avcodec.AV_CODEC_ID_MP3, MP3_BITS);
        recorder.setOption("write_xing", "0");
        recorder.setOption("id3v2_version", "0");
      }
      case WAV, PCM -> throw new IllegalArgumentException(format + " needs no FFmpeg");
    }
    recorder.start();
  }

  private void codec(String container, int codec, int bitsASecond) {
    recorder.setFormat(container);
    recorder.setAudioCodec(codec);
    if (bitsASecond > 0) recorder.setAudioBitrate(bitsASecond);
  }

  static SoundEncoder open(SoundFormat format, int sampleRateHz) {
    try {
      return new FfmpegSoundEncoder(format, sampleRateHz);
    } catch (FrameRecorder.Exception e) {
      throw new SoundEncodingException("FFmpeg cannot write " + format.word() + ": " + e.getMessage() + ".", e);
    } catch (LinkageError missing) {
      throw new SoundEncodingException("The format " + format.word() + " needs FFmpeg's libraries, which cannot be loaded here ("
          + missing.getMessage() + "); the formats wav and pcm need none.", missing);
    }
  }

  @Override
  public byte[] add(Sound part) {
    short[] whole = new short[part.samples().length];
    for (int i = 0; i < whole.length; i++) whole[i] = Pcm.toShort(part.samples()[i]);
    samples += whole.length;
    try {
      recorder.recordSamples(part.sampleRateHz(), 1, ShortBuffer.wrap(whole));
    } catch (FrameRecorder.Exception e) {
      throw new SoundEncodingException("FFmpeg cannot encode a sound: " + e.getMessage() + ".", e);
    }
    return format == SoundFormat.FLAC ? NOTHING : written();
  }

  @Override
  public byte[] end() {
    try {
      recorder.stop();
    } catch (FrameRecorder.Exception e) {
      throw new SoundEncodingException("FFmpeg cannot end a sound: " + e.getMessage() + ".", e);
    }
    byte[] rest = written();
    if (format == SoundFormat.FLAC) writeSamples(rest);
    return rest;
  }

  private void writeSamples(byte[] flac) {
    for (int i = 1; i <= Integer.BYTES; i++) flac[FLAC_SAMPLES_END - i] = (byte) (samples >>> Byte.SIZE * (i - 1));
  }

  private byte[] written() {
    byte[] written = bytes.toByteArray();
    bytes.reset();
    return written;
  }

  @Override
  public void close() {
    try {
      recorder.release();
    } catch (FrameRecorder.Exception e) {
      throw new SoundEncodingException("FFmpeg cannot free a sound's encoder: " + e.getMessage() + ".", e);
    }
  }
}
