package dev.penstock.runtime.cli;

/// Does something that the program does, once after a build, so that the JVM can record which classes it takes: a start
/// that finds them recorded takes half the time. Found by [java.util.ServiceLoader].
public interface Rehearsal {

  /// Leaves nothing behind.
  void run() throws Exception;
}
