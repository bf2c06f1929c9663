package dev.penstock.generators.text;

/// What [AnswerText#tidy] leaves of an answer, piece by piece: white space and quotes at the beginning are dropped, white
/// space and the quotes that close those are held back until more comes.
///
/// Whether a quote encloses the whole answer is known at its end only; here it is taken to. Where it does not, the
/// pieces are not what is published, and who tells them has to begin anew with the whole.
final class TidyPieces {

  private final StringBuilder closing = new StringBuilder();
  private final StringBuilder held = new StringBuilder();
  private boolean begun;

  /// @return the text that may be shown now; often empty
  String add(String piece) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < piece.length(); i++) add(piece.charAt(i), shown);
    return shown.toString();
  }

  private void add(char c, StringBuilder shown) {
    if (!begun) {
      if (Character.isWhitespace(c)) return;
      Character closes = AnswerText.closing(c);
      if (closes != null) {
        closing.append(closes.charValue());
        return;
      }
      begun = true;
    }
    if (Character.isWhitespace(c) || closing.indexOf(String.valueOf(c)) >= 0) {
      held.append(c);
    } else {
      shown.append(held).append(c);
      held.setLength(0);
    }
  }
}
