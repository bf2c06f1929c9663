package dev.penstock.generators.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.image.Briefs.Brief;
import dev.penstock.generators.image.ClassMatcher.Match;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Specified, with the real text encoder: how often the class that a brief asks for is found among ten kinds of
/// clothes, and that briefs about other things find none.
class ClassMatcherTest {

  static final List<String> LABELS =
      List.of("t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle-boot");
  static final List<String> DESCRIPTIONS =
      List.of(
          "a t-shirt, tee or top", "a pair of trousers, jeans, pants or chinos",
          "a pullover, sweater, jumper, hoodie or sweatshirt", "a dress or gown", "a coat, jacket or parka",
          "a sandal, flip-flop, slipper or clog", "a shirt or blouse", "a sneaker, trainer or running shoe",
          "a bag, handbag, tote, backpack or purse", "an ankle boot or hiking boot");

  private static MiniLmEmbedder embedder;
  private static ClassMatcher matcher;

  @BeforeAll
  static void open() {
    embedder = MiniLmEmbedder.open();
    matcher = new ClassMatcher(embedder, LABELS, DESCRIPTIONS);
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  private static String found(String text) {
    Match match = matcher.nearest(text);
    return match.isNearEnough() ? LABELS.get(match.label()) : "nothing";
  }

  /// How many of the briefs about clothes find their class.
  private static double right(String name, Briefs briefs) {
    List<Brief> clothes = briefs.all().stream().filter(brief -> brief.label() != null).toList();
    List<String> wrong = new ArrayList<>();
    for (Brief brief : clothes) {
      if (!found(brief.text()).equals(brief.label()))
        wrong.add(brief.text() + " -> " + found(brief.text()) + " " + matcher.nearest(brief.text()));
    }
    double right = 1 - (double) wrong.size() / clothes.size();
    System.out.printf("%s briefs matched right: %.3f of %d; wrong: %s%n", name, right, clothes.size(), wrong);
    return right;
  }

  private static long wronglyFound(Briefs briefs) {
    double highest =
        briefs.all().stream()
            .filter(brief -> brief.label() == null)
            .mapToDouble(brief -> matcher.nearest(brief.text()).score())
            .max()
            .orElseThrow();
    System.out.printf("highest score of a brief about other things: %.3f%n", highest);
    return briefs.all().stream().filter(brief -> brief.label() == null && !found(brief.text()).equals("nothing")).count();
  }

  @Test
  void findsTheThingAmongWhatIsSaidAboutIt() {
    assertThat(found("a product picture of red running sneakers for students")).isEqualTo("sneaker");
  }

  @Test
  void findsTheClassOfNineBriefsInTen() {
    assertThat(right("known", Briefs.known())).isGreaterThanOrEqualTo(0.9);
    assertThat(right("held-out", Briefs.heldOut())).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void findsNothingInBriefsAboutOtherThings() {
    assertThat(wronglyFound(Briefs.known())).isZero();
    assertThat(wronglyFound(Briefs.heldOut())).isZero();
  }
}
