package dev.penstock.generators.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Native libraries on disk, unpacked once a user instead of once a process: each start of ONNX Runtime would
/// otherwise copy 28 MB (with CUDA 600 MB) to the temporary folder.
///
/// Safe to share between processes: a file appears by an atomic rename, is named after the checksum in its jar,
/// and is checked against it at each start.
public final class NativeLibraries {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
  private static final String PATH_PROPERTY = "onnxruntime.native.path";
  private static final String MAIN = "onnxruntime";
  private static final List<String> NAMES =
      List.of(
          MAIN,
          "onnxruntime4j_jni",
          "onnxruntime_providers_shared",
          "onnxruntime_providers_cuda",
          "onnxruntime_providers_tensorrt");

  private NativeLibraries() {}

  /// Where natives are kept: `natives` in `PENSTOCK_CACHE`, which is `~/.cache/penstock` unless it is set.
  public static Path folder() {
    String cache = System.getenv("PENSTOCK_CACHE");
    Path root =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache", "penstock")
            : Path.of(cache);
    return root.resolve("natives").toAbsolutePath();
  }

  /// Points ONNX Runtime at unpacked libraries. Does nothing if a path was chosen by hand or if the libraries do
  /// not come from a jar; where the folder cannot be written, says so once and leaves the unpacking to the runtime.
  static void provideOnnxRuntime() {
    if (System.getProperty(PATH_PROPERTY) != null) return;
    try {
      JarURLConnection main = resource(MAIN);
      if (main == null) return;
      Path folder = folder().resolve("onnxruntime-" + Long.toHexString(main.getJarEntry().getCrc()));
      Files.createDirectories(folder);
      for (String name : NAMES) {
        JarURLConnection library = resource(name);
        if (library != null) unpack(library, folder.resolve(fileName(name)));
      }
      System.setProperty(PATH_PROPERTY, folder.toString());
    } catch (IOException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("folder", folder())
          .log("Native libraries cannot be kept, each start unpacks them again");
    }
  }

  private static void unpack(JarURLConnection library, Path target) throws IOException {
    long crc = library.getJarEntry().getCrc();
    if (Files.exists(target) && crcOf(target) == crc) return;
    Path fresh = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".new");
    try (InputStream in = library.getInputStream()) {
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static long crcOf(Path file) throws IOException {
    CRC32 crc = new CRC32();
    byte[] block = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) crc.update(block, 0, n);
    }
    return crc.getValue();
  }

  private static @Nullable JarURLConnection resource(String name) throws IOException {
    URL url = OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform() + "/" + fileName(name));
    return url != null && url.openConnection() instanceof JarURLConnection jar ? jar : null;
  }

  private static String fileName(String library) {
    return System.mapLibraryName(library).replace("jnilib", "dylib");
  }

  /// The folder inside the jar, as ONNX Runtime names it.
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String osName = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
    return osName + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
  }
}
