package dev.penstock.generators.text.entities;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What can be checked is: card numbers by their last digit, e-mail addresses and telephone numbers by their form, days by
/// the calendar, prices by being a number with one currency. Card numbers are those that payment providers give out for tests.
class ChecksTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "CARD  | 4242 4242 4242 4242 | true", "CARD  | 4242-4242-4242-4242 | true", "CARD  | 378282246310005 | true",
      "CARD  | 4242 4242 4242 4241 | false", "CARD  | 4242 4242 | false", "CARD | 4242 x242 4242 4242 | false",
      "EMAIL | g.achterberg+news@mail.example.com | true", "EMAIL | info@büro.example | true",
      "EMAIL | a..b@example.com | false", "EMAIL | a@example | false", "EMAIL | a@b@example.com | false", "EMAIL | a@-x.com | false",
      "PHONE | +1 (212) 555-0147 | true", "PHONE | 020 7946 0018 | true", "PHONE | 0221/4710123 | true", "PHONE | 555-0147 ext. 12 | true",
      "PHONE | 12 34 | false", "PHONE | +1 212 555 0147 212 555 | false", "PHONE | 555-CALL | false",
      "DATE  | 3 May 2026 | true", "DATE | May 3rd | true", "DATE | 3rd of May | true", "DATE | Friday, 3 May | true",
      "DATE  | 2026-02-28 | true", "DATE | 13/05/2026 | true", "DATE | 5/13/26 | true", "DATE | 3-May-2026 | true", "DATE | 29 Feb 2028 | true",
      "DATE  | 30 February 2026 | false", "DATE | 29 Feb 2026 | false", "DATE | 2026-13-01 | false", "DATE | 13/13/2026 | false",
      "DATE  | 31.04.2026 | false", "DATE | 3 Mai 2026 | false", "DATE | 3/5-2026 | false",
      "PRICE | $1,299.99 | true", "PRICE | 1.299,00 € | true", "PRICE | 20 dollars | true", "PRICE | CHF 80 | true", "PRICE | €49 | true",
      "PRICE | $12k | true", "PRICE | 1 299 EUR | true", "PRICE | 49 | false", "PRICE | $49 € | false", "PRICE | $1,29.99,3 | false", "PRICE | € | false",
  })
  void keepsTheRuleOfItsType(String type, String words, boolean expected) {
    assertThat(Checks.check(type, words)).isEqualTo(expected);
  }

  @Test
  void typesOfOtherModelsHaveTheirRuleByName() {
    assertThat(Checks.check("e-mail", "x")).isFalse();
    assertThat(Checks.check("CREDIT_CARD_NUMBER", "4242424242424242")).isTrue();
    assertThat(Checks.check("MONEY", "5 euros")).isTrue();
  }

  @Test
  void whatHasNoRuleIsNotChecked() {
    assertThat(Checks.check("PERSON", "Anna")).isNull();
    assertThat(Checks.check("DATE", "next Friday")).isNull();
  }
}
