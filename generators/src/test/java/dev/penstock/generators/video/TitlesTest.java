package dev.penstock.generators.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureSize;
import dev.penstock.generators.video.Titles.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified: words are as large as fits and stay inside, on a card and over pictures, and what cannot be drawn is named.
class TitlesTest {

  private static final int EDGE = 2;

  private static boolean isAtEdge(int i, PictureSize size) {
    int x = i % size.width();
    int y = i / size.width();
    return x < EDGE || y < EDGE || x >= size.width() - EDGE || y >= size.height() - EDGE;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "728 | 90   | Big Summer Sale",
    "160 | 600  | Everything must go before the end of the week",
    "512 | 512  | Größe",
    "320 | 180  | Ελλάδα und Привет",
    "300 | 250  | Donaudampfschifffahrtsgesellschaftskapitän",
  })
  void staysInside(int width, int height, String title) throws Exception {
    PictureSize size = new PictureSize(width, height);
    Titles titles = Titles.of(title, "only 9,90 € – today", Place.BEFORE, Titles.BACKGROUND);
    Bitmap card = titles.card(size);
    int[] overlay = titles.overlay(size);
    int inked = 0;
    for (int i = 0; i < overlay.length; i++) {
      if (isAtEdge(i, size)) {
        assertThat(card.rgb()[i]).as("card at %d, %d", i % width, i / width).isEqualTo(Titles.BACKGROUND);
        assertThat(overlay[i] & 255).as("words at %d, %d", i % width, i / width).isZero();
      }
      if (card.rgb()[i] != Titles.BACKGROUND) inked++;
    }
    assertThat(inked).as("pixels of words").isGreaterThan(width * height / 200);
  }

  @Test
  void leavesTheUpperPartOfThePictureAlone() throws Exception {
    int[] overlay = Titles.of("Mug", null, Place.OVER, 0).overlay(new PictureSize(200, 200));
    for (int i = 0; i < 200 * 90; i++) assertThat(overlay[i]).isZero();
  }

  @Test
  void writesDarkOnABrightCard() throws Exception {
    int[] rgb = Titles.of("Mug", null, Place.AFTER, 0xFFE9A0).card(new PictureSize(200, 200)).rgb();
    assertThat(rgb).contains(0x000000).doesNotContain(0xFFFFFF);
  }

  @Test
  void namesACharacterThatCannotBeDrawn() {
    assertThatThrownBy(() -> Titles.of("新茶", null, Place.OVER, 0))
        .isInstanceOf(Rejected.class)
        .hasMessage(
            "The parameter title has the character U+65B0, which cannot be drawn; Latin, Greek and Cyrillic letters,"
                + " digits and usual signs can.");
    assertThatThrownBy(() -> Titles.of("Tea", "hot ☕", Place.OVER, 0)).hasMessageContaining("subtitle has the character U+2615");
    assertThatThrownBy(() -> Titles.of("  ", null, Place.OVER, 0)).hasMessageContaining("title is blank");
  }
}
