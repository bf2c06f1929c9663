package dev.penstock.generatorstream.prompt;

/// How large a record may be that is taken in, as it is uncompressed.
public final class RecordBounds {

  /// Of key, value and headers together.
  public static final int MOST_BYTES = 1 << 20;

  /// Headers are kept with the prompt until it ends.
  public static final int MOST_HEADERS = 256;

  /// Of all headers together.
  public static final int MOST_HEADER_BYTES = 64 << 10;

  private RecordBounds() {}
}
