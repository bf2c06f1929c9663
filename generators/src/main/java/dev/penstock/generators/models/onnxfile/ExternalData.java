package dev.penstock.generators.models.onnxfile;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The data file beside a graph. Each tensor starts at a multiple of [#ALIGNMENT], so that it can be mapped; the
/// file is made when the first tensor is added.
final class ExternalData implements AutoCloseable {

  static final int ALIGNMENT = 4096;
  private static final int BUFFER = 1 << 20;

  private final Path file;
  private @Nullable OutputStream out;
  private long position;

  ExternalData(Path file) {
    this.file = file;
  }

  String location() {
    return file.getFileName().toString();
  }

  /// Where a tensor lies in the file.
  record Extent(long offset, long length) {}

  Extent add(long length, TensorBytes contents) throws IOException {
    OutputStream target = open();
    int padding = (int) ((ALIGNMENT - position % ALIGNMENT) % ALIGNMENT);
    target.write(new byte[padding]);
    position += padding;
    var counted = new Counted(target);
    contents.writeTo(counted);
    if (counted.written != length) {
      throw new IllegalArgumentException("the tensor's shape needs " + length + " bytes, " + counted.written
          + " were written");
    }
    var extent = new Extent(position, length);
    position += length;
    return extent;
  }

  private OutputStream open() throws IOException {
    if (out == null) {
      out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER);
    }
    return out;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }

  private static final class Counted extends FilterOutputStream {
    private long written;

    private Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      written++;
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      out.write(source, from, length);
      written += length;
    }
  }
}
