package dev.penstock.generatorstream.prompt;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// A record that is too large to be taken in comes without its value, with a header that says how large it was: a small
/// compressed batch may hold gigabytes, and what is read waits on the heap.
public final class LeftOutValue {

  private static final String HEADER = "penstock-value-left-out";

  private LeftOutValue() {}

  /// Notes in `headers` that the value is not there.
  public static void note(Headers headers, int bytes) {
    headers.add(HEADER, ByteBuffer.allocate(Integer.BYTES).putInt(bytes).array());
  }

  /// How many bytes the left out value had; 0 if none was left out.
  public static int bytes(Headers headers) {
    Header note = headers.lastHeader(HEADER);
    if (note == null) return 0;
    byte[] bytes = note.value();
    return bytes == null || bytes.length != Integer.BYTES ? Integer.MAX_VALUE : Math.max(1, ByteBuffer.wrap(bytes).getInt());
  }
}
