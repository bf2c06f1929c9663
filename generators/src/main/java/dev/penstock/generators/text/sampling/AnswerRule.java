package dev.penstock.generators.text.sampling;

/// What one answer has to keep to while it is written, token by token. One thread.
public interface AnswerRule {

  /// The tokens that may come next, stop tokens among them where the answer may end; never none before it is over.
  AllowedTokens allowed();

  /// Whether the answer can still be ended within its length after one of the allowed tokens.
  boolean leavesRoom(int token);

  /// The next token on a short way to the end that fits the length for certain; taken when others leave no room. From
  /// then on only this way is allowed.
  int wayOut();

  /// Takes note of the token that was chosen.
  void accept(int token);

  /// Whether a token's shape is the rule's and not the writer's, such as a quote: repeating it is no repetition.
  boolean isPunctuation(int token);

  /// By how much the logarithm of the odds of [#closers] is to be raised, 0 or more: a text that nears its allowed length
  /// is to end at the next good place and not in the middle of a word.
  double urgeToClose();

  /// Tokens that end a text inside the answer; not to be changed.
  int[] closers();

  /// Whether the answer is complete and nothing can follow.
  boolean isOver();
}
