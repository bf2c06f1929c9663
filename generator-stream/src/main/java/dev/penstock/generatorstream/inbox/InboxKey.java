package dev.penstock.generatorstream.inbox;

import java.nio.ByteBuffer;

/// Where an entry lies in the store. Big-endian, so that entries are in the order of their offsets and a prompt's
/// entry comes right before the marks of its finished variants.
///
/// @param partition of the prompts topic
/// @param offset of the prompt record
/// @param part 0 is the prompt itself, 1 + v the mark that variant v ended
record InboxKey(int partition, long offset, int part) {

  static final int BYTES = 16;

  /// Number of the pool's prompts topic in keys. An application reads one; a second would get the next number.
  private static final short PROMPTS_TOPIC = 0;

  static InboxKey ofPrompt(int partition, long offset) {
    return new InboxKey(partition, offset, 0);
  }

  InboxKey mark(int variant) {
    return new InboxKey(partition, offset, 1 + variant);
  }

  boolean isPrompt() {
    return part == 0;
  }

  /// The variant whose mark this is.
  int variant() {
    if (isPrompt()) throw new IllegalStateException("the entry of a prompt is no mark");
    return part - 1;
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putShort(PROMPTS_TOPIC)
        .putInt(partition)
        .putLong(offset)
        .putShort((short) part)
        .array();
  }

  static InboxKey fromBytes(byte[] bytes) {
    if (bytes.length != BYTES)
      throw new IllegalStateException("an inbox key has " + BYTES + " bytes, this one has " + bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    short topic = in.getShort();
    if (topic != PROMPTS_TOPIC) throw new IllegalStateException("unknown topic number " + topic + " in an inbox key");
    return new InboxKey(in.getInt(), in.getLong(), Short.toUnsignedInt(in.getShort()));
  }
}
