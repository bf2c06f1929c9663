package dev.penstock.sink.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Text is text on a page, whatever it contains; figures are short.
class HtmlTest {

  @Test
  void escapesWhatCouldEndTextOrAnAttribute() {
    assertThat(Html.of("<p title=\"{}\">{}</p>", "a\"b'c", "<b>&amp;\0").markup())
        .isEqualTo("<p title=\"a&quot;b&#39;c\">&lt;b&gt;&amp;amp;\ufffd</p>");
  }

  @Test
  void doesNotFillWhatAValueContains() {
    assertThat(Html.of("{} {}", "{}", "x").markup()).isEqualTo("{} x");
  }

  @Test
  void leavesMarkupOfItsOwnAlone() {
    assertThat(Html.of("<div>{}</div>", Html.of("<i>{}</i>", "x")).markup()).isEqualTo("<div><i>x</i></div>");
  }

  @Test
  void noticesForgottenValues() {
    assertThatThrownBy(() -> Html.of("{} {}", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Html.of("{}", "x", "y")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms", "-5, 0 ms", "999, 999 ms", "1000, 1.0 s", "59949, 59.9 s", "200000, 3 min 20 s", "7500000, 2 h 5 min"
  })
  void durationsAreShort(long millis, String shown) {
    assertThat(Formats.duration(Duration.ofMillis(millis))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"classMatch, class match", "relevance, relevance"})
  void namesOfScoresAreWords(String name, String shown) {
    assertThat(Formats.words(name)).isEqualTo(shown);
  }
}
