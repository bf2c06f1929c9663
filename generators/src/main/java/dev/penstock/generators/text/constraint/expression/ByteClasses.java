package dev.penstock.generators.text.constraint.expression;

import dev.penstock.generators.text.constraint.expression.Expression.Bytes;
import dev.penstock.generators.text.constraint.expression.Expression.Choice;
import dev.penstock.generators.text.constraint.expression.Expression.Prepared;
import dev.penstock.generators.text.constraint.expression.Expression.Repetition;
import dev.penstock.generators.text.constraint.expression.Expression.Sequence;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// The byte values in classes that no set of an expression, or of what is left of it, tells apart. Immutable.
public final class ByteClasses {

  private final int[] classOf = new int[256];
  private int[] examples = {0};

  private ByteClasses() {}

  /// Those of several expressions at once.
  public static ByteClasses of(Expression... roots) {
    ByteClasses classes = new ByteClasses();
    Set<ByteSet> seen = new HashSet<>();
    Set<Expression> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expression> open = new ArrayDeque<>(List.of(roots));
    while (!open.isEmpty()) {
      Expression expression = open.pop();
      if (!visited.add(expression)) continue;
      switch (expression) {
        case Expression.Nothing _, Expression.Empty _ -> {}
        case Bytes bytes -> {
          if (seen.add(bytes.set)) classes.split(value -> bytes.set.contains(value) ? 1 : 0);
        }
        case Sequence sequence -> {
          open.push(sequence.first);
          open.push(sequence.rest);
        }
        case Choice choice -> choice.options.forEach(open::push);
        case Repetition repetition -> open.push(repetition.body);
        case Prepared prepared -> classes.split(prepared.automaton.classes()::of);
      }
    }
    return classes;
  }

  private void split(IntUnaryOperator side) {
    Map<Long, Integer> numbers = new HashMap<>();
    for (int value = 0; value < 256; value++) {
      long key = (long) classOf[value] << 32 | side.applyAsInt(value);
      classOf[value] = numbers.computeIfAbsent(key, k -> numbers.size());
    }
    examples = new int[numbers.size()];
    for (int value = 255; value >= 0; value--) examples[classOf[value]] = value;
  }

  public int count() {
    return examples.length;
  }

  /// The class of a byte value, from 0.
  public int of(int value) {
    return classOf[value];
  }

  /// The lowest value of a class.
  public int example(int number) {
    return examples[number];
  }
}
