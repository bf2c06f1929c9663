package dev.penstock.generators.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.media.film.FilmFormat;
import dev.penstock.generators.media.picture.PictureSize;
import dev.penstock.generators.video.PreparedFilm.Shot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Specified: pictures of several films share the image model's slots, each film gets its own in order, and one that is
/// given up or fails leaves nothing behind.
class VideoStepperTest {

  /// Three slots, two steps a picture; the draft of picture n is "n!"; the picture "bad" fails.
  private static final class Painter implements Stepper<String, String> {
    private final Map<Long, String> active = new LinkedHashMap<>();
    private final Map<Long, Integer> steps = new HashMap<>();
    private int most;

    @Override
    public int slots() {
      return 3;
    }

    @Override
    public int slotsFor(String prepared) {
      return 1;
    }

    @Override
    public int mostSteps(String prepared) {
      return 2;
    }

    @Override
    public void admit(long execution, String prepared) {
      assertThat(active).hasSizeLessThan(3).doesNotContainKey(execution);
      active.put(execution, prepared);
      most = Math.max(most, active.size());
    }

    @Override
    public List<Ended<String>> step() {
      List<Ended<String>> ended = new ArrayList<>();
      for (Map.Entry<Long, String> each : List.copyOf(active.entrySet())) {
        if (steps.merge(each.getKey(), 1, Integer::sum) < 2) continue;
        active.remove(each.getKey());
        ended.add(
            each.getValue().equals("bad")
                ? new Ended.Failed<>(each.getKey(), new Broken("NUMERIC", "It is bad.", null))
                : new Ended.Finished<>(each.getKey(), each.getValue() + "!", 2));
      }
      return ended;
    }

    @Override
    public void release(long execution) {
      active.remove(execution);
    }
  }

  private final Painter painter = new Painter();
  private final VideoStepper<String, String> films = new VideoStepper<>(painter, 4);

  private static PreparedFilm<String> film(String... pictures) {
    FilmSettings settings =
        new FilmSettings(2, 24, new PictureSize(16, 16), FilmFormat.GIF, 70, 1, 0, 0, CameraMove.NONE, null, null, null);
    GenerationRequest request =
        new GenerationRequest("f", "t", new Input.Text("x"), Map.of(), 0, 0, 1, Priority.NORMAL, null);
    return new PreparedFilm<>(settings, List.of(pictures).stream().map(each -> new Shot<>(request, each)).toList(), 2, null);
  }

  private Map<Long, Object> run() throws Exception {
    Map<Long, Object> ends = new HashMap<>();
    for (int step = 0; step < 20; step++)
      for (Stepper.Ended<List<String>> end : films.step())
        ends.put(
            end.execution(),
            switch (end) {
              case Stepper.Ended.Finished<List<String>>(_, List<String> draft, _) -> draft;
              case Stepper.Ended.Failed<List<String>>(_, var cause) -> cause.reason();
            });
    return ends;
  }

  @Test
  void givesEachFilmItsPicturesInOrder() throws Exception {
    films.admit(1, film("a", "b", "c", "d", "e"));
    films.admit(2, film("x", "y"));
    assertThat(run()).isEqualTo(Map.of(1L, List.of("a!", "b!", "c!", "d!", "e!"), 2L, List.of("x!", "y!")));
    assertThat(painter.most).isEqualTo(3);
  }

  @Test
  void tellsHowManyStepsAFilmTakesAlone() throws Exception {
    PreparedFilm<String> seven = film("a", "b", "c", "d", "e", "f", "g");
    films.admit(1, seven);
    int steps = 1;
    while (films.step().isEmpty()) steps++;
    assertThat(steps).isEqualTo(films.mostSteps(seven)).isEqualTo(6);
  }

  @Test
  void leavesNothingOfAFilmThatIsGivenUp() throws Exception {
    films.admit(1, film("a", "b", "c", "d"));
    films.step();
    films.release(1);
    assertThat(painter.active).isEmpty();
    films.admit(2, film("x", "y", "z"));
    assertThat(run()).isEqualTo(Map.of(2L, List.of("x!", "y!", "z!")));
  }

  @Test
  void endsAFilmOfWhichAPictureFails() throws Exception {
    films.admit(1, film("a", "bad", "c", "d"));
    films.admit(2, film("x"));
    assertThat(run()).isEqualTo(Map.of(1L, "NUMERIC", 2L, List.of("x!")));
    assertThat(painter.active).isEmpty();
  }
}
