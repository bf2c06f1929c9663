package dev.penstock.generators.text.constraint;

import dev.penstock.generators.text.constraint.expression.Expression;
import dev.penstock.generators.text.sampling.AllowedTokens;
import dev.penstock.generators.text.sampling.AnswerRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One answer on its way through a constraint: what may still come, and how many tokens are left for it. At every point
/// some way to an end fits into the tokens that are left: that holds at the start, and [#leavesRoom] keeps it.
final class ConstrainedAnswer implements AnswerRule {

  /// The part of a string's allowed length after which its end is made likelier, up to [#MOST_URGE] at the last
  /// character.
  private static final double CALM = 0.5;

  private static final double MOST_URGE = 6;

  /// No word is begun in the last quarter of a string's length, nor in its last ten characters if that is less.
  private static final int LAST_WORD = 10;

  private final Constraint constraint;
  private Expression left;
  private int tokensLeft;
  private int @Nullable [] wayOut;
  private int onWayOut;
  private int stringLength;
  private @Nullable AllowedTokens allowed;
  private boolean stopped;
  private int triedToken = -1;
  private Expression afterTried = Expression.NOTHING;

  ConstrainedAnswer(Constraint constraint, Expression language, int maxTokens) {
    this.constraint = constraint;
    this.left = language;
    this.tokensLeft = maxTokens;
    this.stringLength = language.repetitionsLeft();
  }

  @Override
  public AllowedTokens allowed() {
    if (allowed == null) allowed = wayOut != null ? AllowedTokens.only(wayOut()) : freelyAllowed();
    return allowed;
  }

  private AllowedTokens freelyAllowed() {
    AllowedTokens all = constraint.allowedAfter(left);
    int room = left.repetitionsLeft();
    return room >= 0 && room <= Math.min(LAST_WORD, stringLength / 4) ? constraint.withoutWordStarts(all) : all;
  }

  @Override
  public double urgeToClose() {
    int room = left.repetitionsLeft();
    if (room < 0 || wayOut != null) return 0;
    double used = 1 - (double) room / stringLength;
    return Math.max(0, used - CALM) / (1 - CALM) * MOST_URGE;
  }

  @Override
  public int[] closers() {
    return constraint.closers();
  }

  @Override
  public boolean leavesRoom(int token) {
    if (wayOut != null || constraint.isStop(token)) return true;
    return constraint.endsWithin(after(token), tokensLeft - 1);
  }

  @Override
  public int wayOut() {
    if (wayOut == null) wayOut = Objects.requireNonNull(constraint.wayOut(left), "there is a way out at every point");
    return onWayOut < wayOut.length ? wayOut[onWayOut] : constraint.firstStop();
  }

  @Override
  public void accept(int token) {
    allowed = null;
    if (constraint.isStop(token)) {
      stopped = true;
      return;
    }
    Expression after = after(token);
    if (after == Expression.NOTHING) throw new IllegalStateException("token " + token + " was not allowed");
    left = after;
    triedToken = -1;
    tokensLeft--;
    if (wayOut != null) onWayOut++;
    int room = left.repetitionsLeft();
    stringLength = constraint.isPunctuation(token) ? room : Math.max(stringLength, room);
  }

  /// Remembers the last one: what was tried is mostly taken.
  private Expression after(int token) {
    if (token == triedToken) return afterTried;
    afterTried = constraint.after(left, token);
    triedToken = token;
    return afterTried;
  }

  @Override
  public boolean isPunctuation(int token) {
    return constraint.isPunctuation(token);
  }

  @Override
  public boolean isOver() {
    if (stopped) return true;
    if (!left.acceptsEmpty()) return false;
    return wayOut != null ? onWayOut == wayOut.length : constraint.isComplete(left);
  }
}
