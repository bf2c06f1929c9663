package dev.penstock.generators.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.penstock.generators.placement.Placement;
import java.util.HashMap;
import java.util.Map;

/// Sessions of ONNX Runtime that several generators of this process use: the same bytes on the same device are loaded once and
/// freed with the last that uses them. So a film maker and its image model, each in a lane of its own, have one set of weights.
/// Any thread; whoever asks for what is being loaded waits for it, and for others as well.
final class SharedSessions {

  private static final Map<Key, Shared> OPEN = new HashMap<>();

  private record Key(String sha256, Placement placement) {}

  private static final class Shared {
    private final OrtSession session;
    private int users = 1;

    private Shared(OrtSession session) {
      this.session = session;
    }
  }

  /// One use of a session; closed once.
  record Use(Key key, OrtSession session) {

    /// Frees the session with its last use.
    void close() throws OrtException {
      synchronized (OPEN) {
        Shared shared = OPEN.get(key);
        if (--shared.users > 0) return;
        OPEN.remove(key);
        session.close();
      }
    }
  }

  /// Loads a session.
  @FunctionalInterface
  interface Opening {
    OrtSession open() throws OrtException;
  }

  private SharedSessions() {}

  /// @param sha256 of the graph's bytes, which has no external data
  static Use open(String sha256, Opening opening) throws OrtException {
    Key key = new Key(sha256, Placement.current());
    synchronized (OPEN) {
      Shared shared = OPEN.get(key);
      if (shared == null) OPEN.put(key, shared = new Shared(opening.open()));
      else shared.users++;
      return new Use(key, shared.session);
    }
  }

  /// How many different sessions are open.
  static int count() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }
}
