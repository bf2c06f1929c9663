package dev.penstock.generators.text.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows are full, overlap, and label every token once, none near an edge that is not the text's own.
class WindowTest {

  @ParameterizedTest
  @CsvSource({"0, 62, 1", "1, 62, 1", "62, 62, 1", "63, 62, 2", "500, 62, 11", "17, 14, 2", "1000, 4, 333"})
  void everyTokenIsLabelledOnceAndFarFromAnEdge(int tokens, int room, int count) {
    List<Window> windows = Window.cut(tokens, room);
    assertThat(windows).hasSize(count);
    int labelled = 0;
    for (Window window : windows) {
      assertThat(window.length()).isEqualTo(Math.min(tokens, room));
      assertThat(window.ownStart()).isEqualTo(labelled).isGreaterThanOrEqualTo(window.start());
      assertThat(window.ownEnd()).isLessThanOrEqualTo(window.end());
      int context = room / 4 / 2;
      if (window.start() > 0) assertThat(window.ownStart() - window.start()).isGreaterThanOrEqualTo(context);
      if (window.end() < tokens) assertThat(window.end() - window.ownEnd()).isGreaterThanOrEqualTo(context);
      labelled = window.ownEnd();
    }
    assertThat(labelled).isEqualTo(tokens);
  }
}
