package dev.penstock.generators.media.film;

import dev.penstock.generators.media.Ffmpeg;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.sound.Sound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/// WebM and MP4 by FFmpeg. Encoders run on one thread and leave out what differs between runs, so that equal frames
/// become equal bytes.
final class FilmRecorder {

  private static final int BYTES_PER_PIXEL = 4;
  private static final int SOUND_RATE_HZ = 48_000;
  private static final int SOUND_BITS_PER_SECOND = 96_000;
  /// Bits a pixel of a frame of H.264, at quality 100.
  private static final double MOST_BITS = 0.25;
  /// VP9's constant quality goes from 63, the worst, to 0; below this nothing more is seen.
  private static final double BEST_CRF = 10;
  private static final double WORST_CRF = 63;

  private final FilmFormat format;
  private final int quality;

  FilmRecorder(FilmFormat format, int quality) {
    this.format = format;
    this.quality = quality;
  }

  byte[] record(Film film) {
    Ffmpeg.load();
    try {
      // The muxers go back in the file to fill in lengths and places.
      Path file = Files.createTempFile("penstock", ".film");
      try {
        write(film, file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A film could not be written: " + e.getMessage(), e);
    }
  }

  private void write(Film film, Path file) throws FrameRecorder.Exception {
    int width = film.size().width();
    int height = film.size().height();
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toString(), width, height, film.sound() == null ? 0 : 1);
        Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, BYTES_PER_PIXEL)) {
      set(recorder, film);
      recorder.start();
      if (film.sound() != null) recorder.recordSamples(film.sound().sampleRateHz(), 1, samples(film.sound()));
      for (int i = 0; i < film.frames(); i++) {
        fill(frame, film.frame().apply(i));
        recorder.record(frame, avutil.AV_PIX_FMT_BGRA);
      }
      recorder.stop();
    }
  }

  private void set(FFmpegFrameRecorder recorder, Film film) {
    recorder.setFrameRate(film.framesPerSecond());
    recorder.setGopSize(Math.max(12, 2 * film.framesPerSecond()));
    recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
    recorder.setOption("fflags", "+bitexact");
    recorder.setVideoOption("flags", "+bitexact");
    recorder.setVideoOption("threads", "1");
    // What the conversion from RGB makes.
    recorder.setVideoOption("colorspace", "smpte170m");
    if (format == FilmFormat.WEBM) setWebm(recorder);
    else setMp4(recorder, film);
    if (film.sound() == null) return;
    recorder.setSampleRate(SOUND_RATE_HZ);
    recorder.setAudioBitrate(SOUND_BITS_PER_SECOND);
    recorder.setAudioOption("flags", "+bitexact");
  }

  private void setWebm(FFmpegFrameRecorder recorder) {
    recorder.setFormat("webm");
    recorder.setVideoCodecName("libvpx-vp9");
    recorder.setVideoBitrate(0);
    recorder.setVideoOption("crf", Long.toString(Math.round(WORST_CRF - (WORST_CRF - BEST_CRF) * quality / 100)));
    recorder.setVideoOption("deadline", "good");
    recorder.setVideoOption("cpu-used", "5");
    recorder.setVideoOption("row-mt", "0");
    recorder.setAudioCodecName("libopus");
  }

  private void setMp4(FFmpegFrameRecorder recorder, Film film) {
    recorder.setFormat("mp4");
    recorder.setVideoCodecName("libopenh264");
    double pixelsPerSecond = (double) film.size().width() * film.size().height() * film.framesPerSecond();
    recorder.setVideoBitrate((int) Math.max(64_000, pixelsPerSecond * MOST_BITS * quality / 100));
    recorder.setOption("movflags", "+faststart");
    recorder.setAudioCodec(avcodec.AV_CODEC_ID_AAC);
  }

  private static FloatBuffer samples(Sound sound) {
    FloatBuffer samples =
        ByteBuffer.allocateDirect(Float.BYTES * sound.samples().length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    return samples.put(sound.samples()).flip();
  }

  private static void fill(Frame frame, Bitmap picture) {
    ByteBuffer pixels = ((ByteBuffer) frame.image[0]).order(ByteOrder.LITTLE_ENDIAN);
    int[] rgb = picture.rgb();
    for (int y = 0; y < picture.height(); y++)
      for (int x = 0; x < picture.width(); x++)
        pixels.putInt(y * frame.imageStride + BYTES_PER_PIXEL * x, rgb[y * picture.width() + x] | 0xFF000000);
  }
}
