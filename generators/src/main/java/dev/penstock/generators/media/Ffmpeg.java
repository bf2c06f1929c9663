package dev.penstock.generators.media;

import dev.penstock.generators.onnx.NativeLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// FFmpeg's native libraries, unpacked once a user beside the other natives, and made quiet: they would write to
/// standard error by themselves.
public final class Ffmpeg {

  private static final Logger LOG = LoggerFactory.getLogger(Ffmpeg.class);
  private static final String CACHE_PROPERTY = "org.bytedeco.javacpp.cachedir";

  private Ffmpeg() {}

  /// Loads them; to be called before any class of FFmpeg is used. Quick after the first time. Any thread.
  public static void load() {
    Loaded.ONCE.run();
  }

  /// The JVM runs a class's initialiser once, whoever comes first.
  private static final class Loaded {
    private static final Runnable ONCE = () -> {};

    static {
      if (System.getProperty(CACHE_PROPERTY) == null) keepNatives(NativeLibraries.folder().resolve("ffmpeg"));
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    private static void keepNatives(Path folder) {
      try {
        Files.createDirectories(folder);
        System.setProperty(CACHE_PROPERTY, folder.toString());
      } catch (IOException e) {
        LOG.atWarn().setCause(e).addKeyValue("folder", folder)
            .log("FFmpeg's libraries cannot be kept there, another folder is used");
      }
    }
  }
}
