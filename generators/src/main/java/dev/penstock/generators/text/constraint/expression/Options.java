package dev.penstock.generators.text.constraint.expression;

import dev.penstock.generators.text.constraint.expression.Expression.Bytes;
import dev.penstock.generators.text.constraint.expression.Expression.Choice;
import dev.penstock.generators.text.constraint.expression.Expression.Repetition;
import dev.penstock.generators.text.constraint.expression.Expression.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The normal form of a choice: no choice within, nothing twice, and what differs in the first byte or in a count only
/// is one. Without the last rule, `(a|aa){0,100}` would have as many options as counts.
final class Options {

  private final List<Expression> options = new ArrayList<>();

  private Options() {}

  static List<Expression> normal(Collection<Expression> given) {
    Options normal = new Options();
    for (Expression option : given) {
      if (option instanceof Choice choice) choice.options.forEach(normal::add);
      else normal.add(option);
    }
    return List.copyOf(normal.options);
  }

  private void add(Expression option) {
    if (option == Expression.NOTHING) return;
    for (int i = 0; i < options.size(); i++) {
      Expression one = oneOf(options.get(i), option);
      if (one == null) continue;
      if (one == options.get(i)) return;
      options.remove(i);
      add(one);
      return;
    }
    options.add(option);
  }

  /// Both as one expression that is no choice, or null.
  private static @Nullable Expression oneOf(Expression a, Expression b) {
    if (a.equals(b)) return a;
    if (a instanceof Sequence first && b instanceof Sequence second) {
      if (first.rest.hashCode() != second.rest.hashCode() || !first.rest.equals(second.rest)) return null;
      Expression head = headOf(first.first, second.first);
      return head == null ? null : Expression.sequence(head, first.rest);
    }
    return headOf(a, b);
  }

  private static @Nullable Expression headOf(Expression a, Expression b) {
    if (a instanceof Bytes first && b instanceof Bytes second) return Expression.bytes(first.set.or(second.set));
    if (a instanceof Repetition first && b instanceof Repetition second) return joined(first, second);
    return null;
  }

  /// One repetition, if no count lies between the two.
  private static @Nullable Expression joined(Repetition a, Repetition b) {
    boolean apart = (long) a.least > (long) b.most + 1 || (long) b.least > (long) a.most + 1;
    if (apart || !a.body.equals(b.body)) return null;
    return Expression.repetition(a.body, Math.min(a.least, b.least), Math.max(a.most, b.most));
  }
}
