package dev.penstock.generators.text.constraint.expression;

import dev.penstock.generators.text.constraint.expression.Expression.Prepared;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What two expressions have in common, such as a pattern and a length, as an automaton that is made beforehand: only
/// so is it known from which states an end can be reached. Immutable once made.
public final class Intersection {

  private static final int DEAD = -1;

  private final ByteClasses classes;
  private final List<int[]> next = new ArrayList<>();
  private final List<Boolean> accepting = new ArrayList<>();
  private int[] distances = {};
  private int[] onwards = {};
  private Expression[] states = {};

  private record Pair(Expression a, Expression b) {}

  private Intersection(ByteClasses classes) {
    this.classes = classes;
  }

  /// The same texts as of a small expression that is read often, such as one character: reading a byte is one look-up.
  public static Expression prepared(Expression expression) {
    return of(expression, expression, Budget.ofStatesOnly());
  }

  /// All texts that are in both; [Expression#NOTHING] if there are none.
  ///
  /// @param budget how much work and how many states are allowed
  /// @throws TooComplexException if that is not enough
  public static Expression of(Expression a, Expression b, Budget budget) {
    Intersection made = new Intersection(ByteClasses.of(a, b));
    made.explore(new Pair(a, b), budget);
    made.measure();
    return made.states[0];
  }

  private void explore(Pair start, Budget budget) {
    Map<Pair, Integer> numbers = new HashMap<>();
    Deque<Pair> open = new ArrayDeque<>();
    number(start, numbers, open);
    while (!open.isEmpty()) {
      Pair pair = open.remove();
      budget.state(pair.a.size() + pair.b.size(), classes.count());
      int[] row = next.get(numbers.get(pair));
      for (int i = 0; i < row.length; i++) {
        Expression a = pair.a.after(classes.example(i));
        Expression b = a == Expression.NOTHING ? a : pair.b.after(classes.example(i));
        row[i] = b == Expression.NOTHING ? DEAD : number(new Pair(a, b), numbers, open);
      }
    }
  }

  private int number(Pair pair, Map<Pair, Integer> numbers, Deque<Pair> open) {
    Integer known = numbers.putIfAbsent(pair, numbers.size());
    if (known != null) return known;
    open.add(pair);
    next.add(new int[classes.count()]);
    accepting.add(pair.a.acceptsEmpty() && pair.b.acceptsEmpty());
    return next.size() - 1;
  }

  /// Counts how many bytes each state is from an end, and drops those that reach none.
  private void measure() {
    int count = next.size();
    distances = new int[count];
    onwards = new int[count];
    Arrays.fill(distances, Expression.MANY);
    List<List<int[]>> before = new ArrayList<>();
    for (int state = 0; state < count; state++) before.add(new ArrayList<>());
    for (int state = 0; state < count; state++)
      for (int i = 0; i < classes.count(); i++)
        if (next.get(state)[i] != DEAD) before.get(next.get(state)[i]).add(new int[] {state, i});
    Deque<Integer> open = new ArrayDeque<>();
    for (int state = 0; state < count; state++) {
      if (!accepting.get(state)) continue;
      distances[state] = 0;
      open.add(state);
    }
    while (!open.isEmpty()) {
      int state = open.remove();
      for (int[] step : before.get(state)) {
        if (distances[step[0]] != Expression.MANY) continue;
        distances[step[0]] = distances[state] + 1;
        onwards[step[0]] = step[1];
        open.add(step[0]);
      }
    }
    states = new Expression[count];
    for (int state = 0; state < count; state++) states[state] = expression(state);
  }

  private Expression expression(int state) {
    if (distances[state] == Expression.MANY) return Expression.NOTHING;
    boolean goesOn = Arrays.stream(next.get(state)).anyMatch(to -> to != DEAD && distances[to] != Expression.MANY);
    return goesOn ? new Prepared(this, state) : Expression.EMPTY;
  }

  ByteClasses classes() {
    return classes;
  }

  boolean accepts(int state) {
    return accepting.get(state);
  }

  int distance(int state) {
    return distances[state];
  }

  Expression after(int state, int value) {
    int to = next.get(state)[classes.of(value)];
    return to == DEAD ? Expression.NOTHING : states[to];
  }

  void writeShortest(int state, ByteArrayOutputStream text) {
    for (int at = state; distances[at] > 0; at = next.get(at)[onwards[at]]) text.write(classes.example(onwards[at]));
  }
}
