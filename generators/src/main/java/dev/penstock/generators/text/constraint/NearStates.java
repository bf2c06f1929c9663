package dev.penstock.generators.text.constraint;

import dev.penstock.generators.text.constraint.expression.Budget;
import dev.penstock.generators.text.constraint.expression.ByteClasses;
import dev.penstock.generators.text.constraint.expression.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The automaton of near forms ([Expression#near]), numbered, with the transitions that were asked for. One thread at a
/// time.
final class NearStates implements TokenTrie.Transitions {

  private static final int UNKNOWN = -2;
  private static final int DEAD = -1;

  private final ByteClasses classes;
  private final int[] classOf = new int[256];
  private final Map<Expression, Integer> numbers = new HashMap<>();
  private final List<Expression> states = new ArrayList<>();
  private int[][] next = new int[64][];

  NearStates(Expression root) {
    classes = ByteClasses.of(root);
    for (int value = 0; value < 256; value++) classOf[value] = classes.of(value);
  }

  /// Makes every state that can be reached.
  ///
  /// @throws dev.penstock.generators.text.constraint.expression.TooComplexException if the budget does not do
  void explore(Expression root, Budget budget) {
    number(root);
    for (int state = 0; state < states.size(); state++) {
      budget.state(states.get(state).size(), classes.count());
      for (int i = 0; i < classes.count(); i++) after(state, classes.example(i));
    }
  }

  /// The number of an expression's near form, from 0.
  int number(Expression expression) {
    Expression near = expression.near();
    Integer known = numbers.putIfAbsent(near, states.size());
    if (known != null) return known;
    if (states.size() == next.length) next = Arrays.copyOf(next, 2 * next.length);
    next[states.size()] = new int[classes.count()];
    Arrays.fill(next[states.size()], UNKNOWN);
    states.add(near);
    return states.size() - 1;
  }

  @Override
  public int after(int state, int value) {
    int known = next[state][classOf[value]];
    if (known != UNKNOWN) return known;
    Expression after = states.get(state).after(value);
    int number = after == Expression.NOTHING ? DEAD : number(after);
    next[state][classOf[value]] = number;
    return number;
  }

  boolean acceptsEmpty(int state) {
    return states.get(state).acceptsEmpty();
  }

  /// Memory that the automaton takes, about.
  long bytes() {
    return (long) states.size() * (4L * classes.count() + 300);
  }

  void forget() {
    numbers.clear();
    states.clear();
    next = new int[64][];
  }
}
