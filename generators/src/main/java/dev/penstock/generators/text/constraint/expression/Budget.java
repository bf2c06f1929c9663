package dev.penstock.generators.text.constraint.expression;

/// How much an automaton may cost to make, so that a hostile pattern is refused in well under a second. Counted, not
/// timed: the same pattern is refused everywhere or nowhere. One thread.
public final class Budget {

  private static final int MAX_STATES = 10_000;
  private static final long MAX_WORK = 30_000_000;

  private final long maxWork;
  private int states;
  private long work;

  public Budget() {
    this(MAX_WORK);
  }

  private Budget(long maxWork) {
    this.maxWork = maxWork;
  }

  /// Any work, for what is small by its nature: the characters of Unicode.
  static Budget ofStatesOnly() {
    return new Budget(Long.MAX_VALUE);
  }

  /// Pays for the transitions of one more state; each looks at every option and compares those that are left in pairs.
  ///
  /// @param size of its expression
  /// @param classes how many transitions it has
  /// @throws TooComplexException if the budget is spent
  public void state(int size, int classes) {
    states++;
    work += (long) size * (size + 8) * classes;
    if (states > MAX_STATES) throw new TooComplexException("it has more than " + MAX_STATES + " states");
    if (work > maxWork) throw new TooComplexException("its alternatives overlap in too many ways");
  }
}
