package dev.penstock.generators.media.picture;

import dev.penstock.generators.media.Ffmpeg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameRecorder;
import org.bytedeco.javacv.Frame;

/// WebP with loss, by libwebp.
final class WebpEncoder {

  private WebpEncoder() {}

  static byte[] encode(Bitmap picture, int quality) {
    Ffmpeg.load();
    try {
      Path file = Files.createTempFile("penstock", ".webp");
      try {
        write(picture, quality, file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A picture could not be written as WebP: " + e.getMessage(), e);
    }
  }

  private static void write(Bitmap picture, int quality, Path file) throws FrameRecorder.Exception {
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toString(), picture.width(), picture.height());
        Frame frame = frame(picture)) {
      recorder.setFormat("webp");
      recorder.setVideoCodecName("libwebp");
      recorder.setPixelFormat(avutil.AV_PIX_FMT_BGRA);
      recorder.setOption("fflags", "+bitexact");
      recorder.setVideoOption("threads", "1");
      recorder.setVideoOption("quality", Integer.toString(quality));
      recorder.start();
      recorder.record(frame, avutil.AV_PIX_FMT_BGRA);
      recorder.stop();
    }
  }

  private static Frame frame(Bitmap picture) {
    Frame frame = new Frame(picture.width(), picture.height(), Frame.DEPTH_UBYTE, 4);
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int rgb = picture.rgb()[y * picture.width() + x];
        int at = y * frame.imageStride + 4 * x;
        pixels.put(at, (byte) rgb).put(at + 1, (byte) (rgb >> 8)).put(at + 2, (byte) (rgb >> 16)).put(at + 3, (byte) 255);
      }
    }
    return frame;
  }
}
