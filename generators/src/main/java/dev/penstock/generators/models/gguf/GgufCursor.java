package dev.penstock.generators.models.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/// Walks over the head of a GGUF file. Every read is checked against the bytes that are left, and every count
/// against what could fit there, before anything is allocated.
final class GgufCursor {

  private static final ValueLayout.OfShort INT16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_TEXT_BYTES = 16 << 20;
  private static final int MAX_ITEMS = 16 << 20;

  private static final int STRING = 8;
  private static final int ARRAY = 9;

  private final Path file;
  private final MemorySegment bytes;
  private long position;

  GgufCursor(Path file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  long position() {
    return position;
  }

  int int32(String what) {
    return bytes.get(INT32, take(4, what));
  }

  /// A 64-bit count or offset, refused above `maximum`.
  long count(String what, long maximum) {
    long at = position;
    long value = bytes.get(INT64, take(8, what));
    if (value < 0 || value > maximum) {
      throw new GgufException(file + ": " + what + " at byte " + at + " is " + Long.toUnsignedString(value)
          + "; at most " + maximum + " is possible here.");
    }
    return value;
  }

  String text(String what) {
    long at = position;
    long length = count("the length of " + what, MAX_TEXT_BYTES);
    if (length > left()) {
      throw new GgufException(file + ": " + what + " at byte " + at + " claims " + length + " bytes, but only "
          + left() + " are left.");
    }
    byte[] text = bytes.asSlice(take(length, what), length).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }

  GgufValue value(String what) {
    return value(what, int32("the type of " + what));
  }

  private GgufValue value(String what, int type) {
    return switch (type) {
      case 0 -> new GgufValue.Whole(Byte.toUnsignedLong(int8(what)));
      case 1 -> new GgufValue.Whole(int8(what));
      case 2 -> new GgufValue.Whole(Short.toUnsignedLong(bytes.get(INT16, take(2, what))));
      case 3 -> new GgufValue.Whole(bytes.get(INT16, take(2, what)));
      case 4 -> new GgufValue.Whole(Integer.toUnsignedLong(int32(what)));
      case 5 -> new GgufValue.Whole(int32(what));
      case 6 -> new GgufValue.Real(Float.intBitsToFloat(int32(what)));
      case 7 -> new GgufValue.Bool(int8(what) != 0);
      case STRING -> new GgufValue.Text(text(what));
      case ARRAY -> items(what);
      case 10 -> new GgufValue.Whole(count(what, Long.MAX_VALUE));
      case 11 -> new GgufValue.Whole(bytes.get(INT64, take(8, what)));
      case 12 -> new GgufValue.Real(Double.longBitsToDouble(bytes.get(INT64, take(8, what))));
      default -> throw new GgufException(file + ": " + what + " before byte " + position + " has the type number "
          + type + "; 0 to 12 exist.");
    };
  }

  private GgufValue.Items items(String what) {
    int type = int32("the item type of " + what);
    if (type == ARRAY) {
      throw new GgufException(file + ": " + what + " at byte " + position
          + " is a list of lists; no known key has one.");
    }
    long count = count("the number of items of " + what, MAX_ITEMS);
    if (count > left()) {
      throw new GgufException(file + ": " + what + " before byte " + position + " claims " + count
          + " items, but only " + left() + " bytes are left.");
    }
    var items = new ArrayList<GgufValue>((int) count);
    for (int i = 0; i < count; i++) {
      items.add(value(what, type));
    }
    return new GgufValue.Items(items);
  }

  private byte int8(String what) {
    return bytes.get(ValueLayout.JAVA_BYTE, take(1, what));
  }

  private long left() {
    return bytes.byteSize() - position;
  }

  private long take(long length, String what) {
    if (length > left()) {
      throw new GgufException(file + ": the file ends at byte " + bytes.byteSize() + ", within " + what
          + " at byte " + position + "; it is truncated or damaged.");
    }
    long at = position;
    position += length;
    return at;
  }
}
