package dev.penstock.producer.answers;

import java.time.Instant;

/// Where a reader begins.
public sealed interface ReadFrom {

  /// Records that are written from now on.
  record End() implements ReadFrom {}

  /// Everything that the topic still has.
  record Beginning() implements ReadFrom {}

  /// Records with a timestamp not before `time`.
  record Since(Instant time) implements ReadFrom {}
}
