package dev.penstock.schemas.framing;

import java.nio.ByteBuffer;

/// The five bytes in front of the Avro binary.
final class Framing {

  static final byte MAGIC = 0;
  static final int HEADER_BYTES = 5;

  private Framing() {}

  /// @throws FramingException if `value` does not begin as a framed record does
  static int schemaId(byte[] value) {
    if (value.length < HEADER_BYTES)
      throw new FramingException(
          "NOT_FRAMED",
          "the value has %d bytes; a framed Avro record has at least %d".formatted(value.length, HEADER_BYTES));
    if (value[0] != MAGIC)
      throw new FramingException(
          "NOT_FRAMED",
          "the value begins with byte 0x%02x; a framed Avro record begins with 0x00 and a 4-byte schema id"
              .formatted(value[0]));
    return ByteBuffer.wrap(value).getInt(1);
  }
}
