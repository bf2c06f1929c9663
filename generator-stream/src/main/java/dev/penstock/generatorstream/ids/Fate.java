package dev.penstock.generatorstream.ids;

/// What uses an id up. A prompt that was rejected or expired used nothing up: it may be sent again under its id.
public enum Fate {
  /// Content was made.
  MADE(1),
  /// It failed alone; a replay may try again.
  DEAD_LETTERED(2),
  /// It was taken back.
  CANCELLED(3);

  /// As it is stored; never changes.
  final byte code;

  Fate(int code) {
    this.code = (byte) code;
  }

  static Fate of(byte code) {
    for (Fate fate : values()) if (fate.code == code) return fate;
    throw new IllegalStateException("unknown fate %d of a prompt id".formatted(code));
  }
}
