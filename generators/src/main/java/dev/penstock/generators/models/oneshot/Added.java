package dev.penstock.generators.models.oneshot;

import java.util.List;
import java.util.Objects;

/// What was found out about a model that is being added.
///
/// @param family   the word of its family
/// @param findings in the order in which they are told
public record Added(String family, List<Finding> findings) {

  /// One thing that was found out.
  ///
  /// @param what  a word or two
  /// @param value what it is, and how that is known where it was not said
  public record Finding(String what, String value) {
    public Finding {
      Objects.requireNonNull(what);
      Objects.requireNonNull(value);
    }
  }

  public Added {
    findings = List.copyOf(findings);
  }
}
