package dev.penstock.generators.models.onnxfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A protobuf message as its fields in order (wire format of protobuf 2 and 3). Contents of fields are slices of the
/// message's own bytes; nothing is copied. Every length is checked against what is left.
///
/// @param fields in the message's order
record ProtobufFields(List<Field> fields) {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  /// @param raw    the whole field with its tag, to be written again as it was
  /// @param number value of a varint, or 0
  /// @param bytes  contents of a length-delimited or fixed field; empty for a varint
  record Field(int tag, int wireType, ByteBuffer raw, long number, ByteBuffer bytes) {

    String text() {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    ProtobufFields message() {
      return parse(bytes);
    }

    /// Adds what a field of repeated whole numbers holds: one, or several packed into it.
    void addNumbersTo(List<Long> numbers) {
      if (wireType == VARINT) numbers.add(number);
      for (ByteBuffer left = bytes.duplicate(); left.hasRemaining(); ) numbers.add(varint(left));
    }
  }

  /// @throws IllegalArgumentException if it is no protobuf message
  static ProtobufFields parse(ByteBuffer message) {
    ByteBuffer left = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (left.hasRemaining()) {
      int start = left.position();
      long key = varint(left);
      int wireType = (int) (key & 7);
      long number = wireType == VARINT ? varint(left) : 0;
      ByteBuffer bytes = slice(left, switch (wireType) {
        case VARINT -> 0;
        case FIXED64 -> Long.BYTES;
        case LENGTH_DELIMITED -> varint(left);
        case FIXED32 -> Integer.BYTES;
        default -> throw new IllegalArgumentException("at byte " + start + " of a message is a field of the unknown kind "
            + wireType);
      });
      ByteBuffer raw = message.slice(start, left.position() - start);
      fields.add(new Field((int) (key >>> 3), wireType, raw, number, bytes));
    }
    return new ProtobufFields(fields);
  }

  Stream<Field> all(int tag) {
    return fields.stream().filter(field -> field.tag == tag);
  }

  /// The last field of this tag, which is the one that counts.
  Optional<Field> one(int tag) {
    return all(tag).reduce((first, second) -> second);
  }

  String text(int tag) {
    return one(tag).map(Field::text).orElse("");
  }

  long number(int tag) {
    return one(tag).map(Field::number).orElse(0L);
  }

  List<String> texts(int tag) {
    return all(tag).map(Field::text).toList();
  }

  private static ByteBuffer slice(ByteBuffer left, long length) {
    if (length < 0 || length > left.remaining()) {
      throw new IllegalArgumentException("a field claims " + Long.toUnsignedString(length) + " bytes, but only "
          + left.remaining() + " are left; it is truncated or damaged");
    }
    ByteBuffer slice = left.slice(left.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    left.position(left.position() + (int) length);
    return slice;
  }

  private static long varint(ByteBuffer left) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!left.hasRemaining()) {
        throw new IllegalArgumentException("a message ends within a number; it is truncated or damaged");
      }
      byte next = left.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has more than ten bytes");
  }
}
