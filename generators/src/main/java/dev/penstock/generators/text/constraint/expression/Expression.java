package dev.penstock.generators.text.constraint.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A regular language over bytes, as a tree. Immutable; any thread.
///
/// What is left of the language once a byte was read is its derivative (Brzozowski, "Derivatives of regular
/// expressions", J. ACM 1964), an expression again: so an expression is also the state of an automaton that is made as
/// far as it is walked. Repetitions stay counted, a text of up to 2,000 characters is one node. The constructors keep a
/// normal form, and equality is that of the form: equal expressions are the same language, and the derivatives of an
/// expression are finitely many. No language is empty but [Nothing].
public abstract sealed class Expression {

  /// A repetition without an upper end.
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /// Lengths from here on are not told apart.
  static final int MANY = 1 << 28;

  /// How many bytes ahead [#near] looks. Longer tokens are never used under a constraint; there are none but rows of
  /// spaces and dashes.
  public static final int REACH = 32;

  public static final Expression NOTHING = new Nothing();
  public static final Expression EMPTY = new Empty();

  private final int hash;
  private final boolean acceptsEmpty;
  private final int minBytes;
  private final int size;
  private @Nullable Expression near;

  private Expression(int hash, boolean acceptsEmpty, int minBytes, int size) {
    this.hash = hash;
    this.acceptsEmpty = acceptsEmpty;
    this.minBytes = Math.min(minBytes, MANY);
    this.size = Math.min(size, MANY);
  }

  /// No text at all.
  public static final class Nothing extends Expression {
    private Nothing() {
      super(1, false, MANY, 1);
    }
  }

  /// The empty text.
  public static final class Empty extends Expression {
    private Empty() {
      super(2, true, 0, 1);
    }
  }

  /// One byte of a set.
  public static final class Bytes extends Expression {
    final ByteSet set;

    private Bytes(ByteSet set) {
      super(set.hashCode(), false, 1, 1);
      this.set = set;
    }
  }

  /// One after the other; `first` is no sequence itself.
  public static final class Sequence extends Expression {
    final Expression first;
    final Expression rest;

    private Sequence(Expression first, Expression rest) {
      super(
          31 * first.hashCode() + rest.hashCode() + 7,
          first.acceptsEmpty() && rest.acceptsEmpty(),
          first.minBytes() + rest.minBytes(),
          first.size() + (first.acceptsEmpty() ? rest.size() : 1));
      this.first = first;
      this.rest = rest;
    }

    /// The parts, in their near forms, up to the one in whose middle [#REACH] certainly ends.
    private Expression beginning() {
      List<Expression> parts = new ArrayList<>();
      int bytes = 0;
      Expression part = this;
      while (bytes < REACH && part instanceof Sequence sequence) {
        parts.add(sequence.first.near());
        bytes += sequence.first.minBytes();
        part = sequence.rest;
      }
      if (bytes < REACH) parts.add(part.near());
      return sequence(parts);
    }
  }

  /// One of several, in any order.
  public static final class Choice extends Expression {
    final List<Expression> options;

    private Choice(List<Expression> options) {
      super(
          options.stream().mapToInt(Expression::hashCode).sum() * 17 + 3,
          options.stream().anyMatch(Expression::acceptsEmpty),
          options.stream().mapToInt(Expression::minBytes).min().orElse(MANY),
          options.stream().mapToInt(Expression::size).reduce(0, (a, b) -> Math.min(a + b, MANY)));
      this.options = options;
    }
  }

  /// The same `least` to `most` times.
  public static final class Repetition extends Expression {
    final Expression body;
    final int least;
    final int most;

    private Repetition(Expression body, int least, int most) {
      super(
          (body.hashCode() * 31 + least) * 31 + most + 11,
          least == 0,
          (int) Math.min((long) least * body.minBytes(), MANY),
          body.size());
      this.body = body;
      this.least = least;
      this.most = most;
    }

    private Expression oneLess() {
      return repetition(body, Math.max(least - 1, 0), most == UNBOUNDED ? UNBOUNDED : most - 1);
    }
  }

  /// A state of an automaton that was made beforehand.
  public static final class Prepared extends Expression {
    final Intersection automaton;
    final int state;

    Prepared(Intersection automaton, int state) {
      super(System.identityHashCode(automaton) * 31 + state, automaton.accepts(state), automaton.distance(state), 1);
      this.automaton = automaton;
      this.state = state;
    }
  }

  public static Expression bytes(ByteSet set) {
    return set.isEmpty() ? NOTHING : new Bytes(set);
  }

  /// Exactly this text, in UTF-8.
  public static Expression text(String text) {
    Expression all = EMPTY;
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int i = utf8.length - 1; i >= 0; i--) all = sequence(bytes(ByteSet.of(utf8[i] & 0xFF)), all);
    return all;
  }

  public static Expression sequence(Expression first, Expression rest) {
    if (first == NOTHING || rest == NOTHING) return NOTHING;
    if (first == EMPTY) return rest;
    if (rest == EMPTY) return first;
    List<Expression> heads = new ArrayList<>();
    Expression last = first;
    for (; last instanceof Sequence sequence; last = sequence.rest) heads.add(sequence.first);
    Expression all = new Sequence(last, rest);
    for (Expression head : heads.reversed()) all = new Sequence(head, all);
    return all;
  }

  /// One part after the other.
  public static Expression sequence(List<Expression> parts) {
    Expression all = EMPTY;
    for (Expression part : parts.reversed()) all = sequence(part, all);
    return all;
  }

  public static Expression choice(Expression... options) {
    return choice(Arrays.asList(options));
  }

  public static Expression choice(Collection<Expression> options) {
    List<Expression> normal = Options.normal(options);
    return switch (normal.size()) {
      case 0 -> NOTHING;
      case 1 -> normal.getFirst();
      default -> new Choice(normal);
    };
  }

  /// @param most at least `least`, or [#UNBOUNDED]
  public static Expression repetition(Expression body, int least, int most) {
    if (least < 0 || most < least) throw new IllegalArgumentException("no repetition of " + least + " to " + most);
    if (body == NOTHING) return least == 0 ? EMPTY : NOTHING;
    if (most == 0 || body == EMPTY) return EMPTY;
    if (most == 1) return least == 1 ? body : choice(body, EMPTY);
    if (body instanceof Repetition inner && inner.least == 0 && inner.most == UNBOUNDED) return inner;
    return new Repetition(body, body.acceptsEmpty() ? 0 : least, most);
  }

  /// What may follow once `value` was read.
  ///
  /// @param value 0 to 255
  public final Expression after(int value) {
    return switch (this) {
      case Nothing _, Empty _ -> NOTHING;
      case Bytes bytes -> bytes.set.contains(value) ? EMPTY : NOTHING;
      case Sequence sequence -> {
        Expression through = sequence(sequence.first.after(value), sequence.rest);
        if (!sequence.first.acceptsEmpty()) yield through;
        Expression past = sequence.rest.after(value);
        yield through == NOTHING ? past : past == NOTHING ? through : choice(through, past);
      }
      case Choice choice -> {
        List<Expression> left = new ArrayList<>();
        for (Expression option : choice.options) {
          Expression after = option.after(value);
          if (after != NOTHING) left.add(after);
        }
        yield left.size() == 1 ? left.getFirst() : choice(left);
      }
      case Repetition repetition -> {
        Expression after = repetition.body.after(value);
        yield after == NOTHING ? NOTHING : sequence(after, repetition.oneLess());
      }
      case Prepared prepared -> prepared.automaton.after(prepared.state, value);
    };
  }

  /// Whether the whole of a text is in the language.
  public final boolean matches(byte[] text) {
    Expression left = this;
    for (byte value : text) left = left.after(value & 0xFF);
    return left.acceptsEmpty();
  }

  /// Whether the text may end here.
  public final boolean acceptsEmpty() {
    return acceptsEmpty;
  }

  /// The length of the shortest text, at most [#MANY].
  public final int minBytes() {
    return minBytes;
  }

  /// How much work a derivative is, in visited nodes.
  public final int size() {
    return size;
  }

  /// How often the repetition that stands first may still go on; -1 if none stands there or it has no upper end.
  public final int repetitionsLeft() {
    Expression first = this instanceof Sequence sequence ? sequence.first : this;
    return first instanceof Repetition repetition && repetition.most != UNBOUNDED ? repetition.most : -1;
  }

  /// A shortest text; always the same for the same tree.
  public final byte[] shortest() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Expression rest = this;
    while (rest instanceof Sequence sequence) {
      sequence.first.writeShortest(text);
      rest = sequence.rest;
    }
    rest.writeShortest(text);
    return text.toByteArray();
  }

  private void writeShortest(ByteArrayOutputStream text) {
    switch (this) {
      case Nothing _ -> throw new IllegalStateException("nothing has no shortest text");
      case Empty _ -> {}
      case Bytes bytes -> text.write(bytes.set.example());
      case Sequence sequence -> text.writeBytes(sequence.shortest());
      case Choice choice ->
          text.writeBytes(Collections.min(choice.options, Comparator.comparingInt(Expression::minBytes)).shortest());
      case Repetition repetition -> {
        byte[] one = repetition.least == 0 ? new byte[0] : repetition.body.shortest();
        for (int i = 0; i < repetition.least; i++) text.writeBytes(one);
      }
      case Prepared prepared -> prepared.automaton.writeShortest(prepared.state, text);
    }
  }

  /// The same language as far as [#REACH] bytes tell: what only differs beyond is made equal. So the many states inside
  /// a long text have few near forms.
  public final Expression near() {
    Expression known = near;
    if (known == null) near = known = makeNear();
    return known;
  }

  private Expression makeNear() {
    return switch (this) {
      case Nothing _, Empty _, Bytes _, Prepared _ -> this;
      case Sequence sequence -> sequence.beginning();
      case Choice choice -> choice(choice.options.stream().map(Expression::near).toList());
      case Repetition repetition ->
          repetition(
              repetition.body.near(),
              Math.min(repetition.least, REACH),
              repetition.most == UNBOUNDED ? UNBOUNDED : Math.min(repetition.most, REACH));
    };
  }

  @Override
  public final boolean equals(@Nullable Object object) {
    if (this == object) return true;
    if (!(object instanceof Expression other) || hash != other.hash) return false;
    return switch (this) {
      case Nothing _, Empty _ -> false;
      case Bytes bytes -> other instanceof Bytes same && bytes.set.equals(same.set);
      case Sequence sequence ->
          other instanceof Sequence same && sequence.first.equals(same.first) && sequence.rest.equals(same.rest);
      case Choice choice ->
          other instanceof Choice same
              && choice.options.size() == same.options.size()
              && same.options.containsAll(choice.options);
      case Repetition repetition ->
          other instanceof Repetition same
              && repetition.least == same.least
              && repetition.most == same.most
              && repetition.body.equals(same.body);
      case Prepared prepared ->
          other instanceof Prepared same && prepared.automaton == same.automaton && prepared.state == same.state;
    };
  }

  @Override
  public final int hashCode() {
    return hash;
  }
}
