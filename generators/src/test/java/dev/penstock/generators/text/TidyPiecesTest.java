package dev.penstock.generators.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be shown of an answer while it is written is how the published answer begins, wherever it was cut.
class TidyPiecesTest {

  private static String shown(String answer, int pieceLength) {
    TidyPieces pieces = new TidyPieces();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < answer.length(); i += pieceLength)
      shown.append(pieces.add(answer.substring(i, Math.min(answer.length(), i + pieceLength))));
    return shown.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tea. Now.",
        "  \n Tea.  Now. \n ",
        "\"Tea. Now.\"",
        " “Tea. \n\nNow.”\n",
        "\"Tea. Now.",
        "„Tea.“ ",
        "\"'Tea. Now.'\"",
        "Tea \"now\"",
        "",
        "\"",
      })
  void theShownTextIsThePublishedOne(String answer) {
    for (int length = 1; length <= 4; length++) assertThat(shown(answer, length)).isEqualTo(AnswerText.tidy(answer));
  }

  /// The quotes turn out to belong to the answer: the caller finds that it is not how the published text begins.
  @ParameterizedTest
  @ValueSource(strings = {"\"Tea\" is served", "'Tis tea"})
  void quotesThatDoNotEncloseTheWholeAreTheException(String answer) {
    assertThat(AnswerText.tidy(answer)).doesNotStartWith(shown(answer, 1));
  }
}
