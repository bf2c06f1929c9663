package dev.penstock.chaos.fault;

import java.util.Set;

/// One blow and the recovery from it. Made by [FaultKind#draw]; used once.
public interface Fault {

  /// Whom it hits, for people.
  String target();

  /// What it needs for itself until it is over, by name; faults with a claim in common come one after the other.
  Set<String> claims();

  /// Strikes, and returns when everything is as it was before.
  ///
  /// @throws Exception if it does not come to that: a defect of what was hit
  void strike() throws Exception;
}
