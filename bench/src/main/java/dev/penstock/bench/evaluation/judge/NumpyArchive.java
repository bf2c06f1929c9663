package dev.penstock.bench.evaluation.judge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/// The arrays of a numpy `.npz` file: float16 and 8-bit whole numbers, in C order (numpy's NEP 1).
final class NumpyArchive {

  private static final Pattern HEADER =
      Pattern.compile("\\{'descr': '(<f2|\\|u1|\\|i1)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), *\\}\\s*");
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private final Path file;
  private final Map<String, Rows> arrays = new HashMap<>();

  /// An array seen as rows along its first dimension.
  ///
  /// @param values float64 `[rows][the other dimensions in one]`; bytes as they are
  record Rows(double[][] values, int[] shape) {}

  private NumpyArchive(Path file) {
    this.file = file;
  }

  static NumpyArchive read(Path file) throws IOException {
    NumpyArchive archive = new NumpyArchive(file);
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        ByteBuffer bytes = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        archive.arrays.put(entry.getName().replaceFirst("\\.npy$", ""), rows(bytes, file + ", " + entry.getName()));
      }
    }
    return archive;
  }

  boolean has(String name) {
    return arrays.containsKey(name);
  }

  Rows get(String name) {
    Rows rows = arrays.get(name);
    if (rows == null) throw new IllegalArgumentException(file + " has no array " + name + "; it has " + arrays.keySet());
    return rows;
  }

  private static Rows rows(ByteBuffer bytes, String place) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    bytes.get(magic);
    if (!Arrays.equals(magic, MAGIC)) throw new IOException(place + " is no array of numpy's format 1.0");
    byte[] header = new byte[Short.toUnsignedInt(bytes.getShort())];
    bytes.get(header);
    Matcher found = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
    if (!found.matches())
      throw new IOException(place + " is " + new String(header, StandardCharsets.US_ASCII).strip()
          + "; float16, uint8 and int8 in C order are read");
    int[] shape = Arrays.stream(found.group(2).split(",")).map(String::strip).filter(s -> !s.isEmpty())
        .mapToInt(Integer::parseInt).toArray();
    int width = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    double[][] values = new double[shape[0]][width];
    for (double[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = switch (found.group(1)) {
          case "<f2" -> Float.float16ToFloat(bytes.getShort());
          case "|u1" -> Byte.toUnsignedInt(bytes.get());
          default -> bytes.get();
        };
      }
    }
    return new Rows(values, shape);
  }
}
