package dev.penstock.chaos.guarantee;

import java.util.List;

/// Something Penstock promises about the topics as a whole.
public interface Guarantee {

  /// @return a sentence for each place where it does not hold; empty if it holds
  List<String> violations(Account account);
}
