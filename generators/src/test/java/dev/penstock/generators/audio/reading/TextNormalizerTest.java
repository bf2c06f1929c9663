package dev.penstock.generators.audio.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.GenerationException.Rejected;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified: what is written short is written out as Americans read it. A `^` stands before letters that are spelled.
class TextNormalizerTest {

  private static final TextNormalizer NORMALIZER =
      new TextNormalizer(Set.of("sale", "now", "on", "buy", "one", "get", "free", "nasa", "led")::contains);

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Only $19.99! | Only nineteen dollars and ninety nine cents!
      $1 or $0.50 | one dollar or fifty cents
      €1,299.00 and £5M | one thousand two hundred ninety nine euros and five million pounds
      from $5/month | from five dollars per month
      20 USD | twenty dollars
      Save 25% | Save twenty five percent
      3.5% more | three point five percent more
      """)
  void readsPrices(String written, String read) throws Rejected {
    assertThat(NORMALIZER.normalize(written)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      until March 3, 2026 | until March third, twenty twenty six
      on 2026-11-22 | on November twenty second, twenty twenty six
      by 12/24/2025 | by December twenty fourth, twenty twenty five
      on the 4 July | on the July fourth
      in Jan. 2020 | in January twenty twenty
      since 1999 | since nineteen ninety nine
      in 2005 | in two thousand five
      the 1990s | the nineteen nineties
      at 9:30 am | at nine thirty ^am
      at 6 p.m. today | at six ^pm today
      at 18:05 | at eighteen oh five
      at 10:00 | at ten o'clock
      Mon - Fri | Monday to Friday
      """)
  void readsDatesAndTimes(String written, String read) throws Rejected {
    assertThat(NORMALIZER.normalize(written)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      1,234,567 users | one million two hundred thirty four thousand five hundred sixty seven users
      3.14 | three point one four
      the 21st | the twenty first
      3-5 days | three to five days
      -5 | minus five
      2 1/2 cups | two and a half cups
      3/4 full | three quarters full
      007 | zero zero seven
      1.5 kg, 500 ml | one point five kilograms, five hundred milliliters
      10x20 cm | ten by twenty centimeters
      5'10" tall | five foot ten tall
      20°C | twenty degrees Celsius
      12-inch | twelve inch
      16GB | sixteen gigabytes
      iPhone15 | iPhone fifteen
      """)
  void readsNumbersAndMeasures(String written, String read) throws Rejected {
    assertThat(NORMALIZER.normalize(written)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Dr. Lee vs. Mr. Ray | doctor Lee versus mister Ray
      No. 5 and #1 | number five and number one
      salt & pepper w/o sugar | salt and pepper without sugar
      e.g. tea | for example, tea
      USB and NASA | ^usb and nasa
      the U.S. team | the ^us team
      SALE NOW ON! | sale now on!
      www.example.com/sale | ^www dot example dot com slash sale
      info@my-shop.io | info at my dash shop dot ^io
      Call 1-800-555-0199 | Call one, eight zero zero, five five five, zero one nine nine
      “naïve” café™ 🎉 | naive cafe
      Tea (hot) | Tea, hot,
      """)
  void readsShortFormsAddressesAndSigns(String written, String read) throws Rejected {
    assertThat(NORMALIZER.normalize(written)).isEqualTo(read);
  }

  @Test
  void neverFailsOnOddText() throws Rejected {
    for (String odd : new String[] {"", "$", "%%%", "1/0", "99:99", "....", "$.", "€€5€", "1e309", "12345678901234567890%",
        "2026-99-99", "@@", "''''", "\\ $1 \\", "^abc", "5' 3\" x 9/9/9999"})
      assertThat(NORMALIZER.normalize(odd)).as(odd).matches("[A-Za-z^'.,?!;: ]*");
  }

  @Test
  void refusesOtherScriptsByName() {
    assertThatThrownBy(() -> NORMALIZER.normalize("Ελλάδα")).isInstanceOf(Rejected.class).hasMessageContaining("Greek");
  }
}
