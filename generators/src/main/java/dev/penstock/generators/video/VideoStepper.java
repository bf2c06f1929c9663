package dev.penstock.generators.video;

import dev.penstock.generators.Stepper;
import dev.penstock.generators.video.PreparedFilm.Shot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Films as slots: a step is one step of the image model, whose slots are shared by the pictures of all films, one of each
/// film in turn. A film's draft is the drafts of its pictures, in order.
///
/// @param <P> a prepared picture
/// @param <D> what the image model leaves behind for one
final class VideoStepper<P, D> implements Stepper<PreparedFilm<P>, List<D>> {

  private final Stepper<P, D> images;
  private final int slots;
  private final Map<Long, Shooting<P, D>> films = new LinkedHashMap<>();
  private final Map<Long, Take> takes = new HashMap<>();
  private long lastTake;
  private int busySlots;

  /// A film that is being shot.
  private static final class Shooting<P, D> {
    private final List<Shot<P>> shots;
    private final List<@Nullable D> drafts;
    private int begun;
    private int done;
    private int steps;

    Shooting(List<Shot<P>> shots) {
      this.shots = shots;
      this.drafts = new ArrayList<>();
      for (int i = 0; i < shots.size(); i++) drafts.add(null);
    }
  }

  /// A picture in the image model's slots.
  private record Take(long film, int shot, int slots) {}

  /// @param images of the image model, used by nobody else
  /// @param slots films at the same time
  VideoStepper(Stepper<P, D> images, int slots) {
    this.images = images;
    this.slots = slots;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public int slotsFor(PreparedFilm<P> prepared) {
    return 1;
  }

  @Override
  public int mostSteps(PreparedFilm<P> prepared) {
    P first = prepared.shots().getFirst().picture();
    int atOnce = Math.max(1, images.slots() / images.slotsFor(first));
    int rounds = (prepared.shots().size() + atOnce - 1) / atOnce;
    return rounds * images.mostSteps(first);
  }

  @Override
  public void admit(long execution, PreparedFilm<P> prepared) {
    if (films.size() == slots) throw new IllegalStateException("all " + slots + " slots are taken");
    films.put(execution, new Shooting<>(prepared.shots()));
  }

  @Override
  public List<Ended<List<D>>> step() throws Exception {
    fill();
    List<Ended<List<D>>> ended = new ArrayList<>();
    films.values().forEach(film -> film.steps++);
    for (Ended<D> end : images.step()) {
      Take take = Objects.requireNonNull(takes.remove(end.execution()));
      busySlots -= take.slots;
      Shooting<P, D> film = films.get(take.film);
      // The film failed with another picture in this very step.
      if (film == null) continue;
      Ended<List<D>> whole = ended(take, film, end);
      if (whole != null) ended.add(whole);
    }
    for (Ended<List<D>> each : ended) films.remove(each.execution());
    return ended;
  }

  private void fill() {
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<Long, Shooting<P, D>> each : films.entrySet()) {
        Shooting<P, D> film = each.getValue();
        if (film.begun == film.shots.size()) continue;
        P picture = film.shots.get(film.begun).picture();
        int needed = images.slotsFor(picture);
        if (busySlots + needed > images.slots()) continue;
        images.admit(++lastTake, picture);
        takes.put(lastTake, new Take(each.getKey(), film.begun++, needed));
        busySlots += needed;
        more = true;
      }
    }
  }

  private @Nullable Ended<List<D>> ended(Take take, Shooting<P, D> film, Ended<D> end) {
    return switch (end) {
      case Ended.Failed<D>(_, var cause) -> {
        release(take.film);
        yield new Ended.Failed<>(take.film, cause);
      }
      case Ended.Finished<D>(_, D draft, _) -> {
        film.drafts.set(take.shot, draft);
        film.done++;
        if (film.done < film.shots.size()) yield null;
        yield new Ended.Finished<>(take.film, film.drafts.stream().map(Objects::requireNonNull).toList(), film.steps);
      }
    };
  }

  @Override
  public void release(long execution) {
    films.remove(execution);
    takes.entrySet().removeIf(entry -> {
      if (entry.getValue().film != execution) return false;
      images.release(entry.getKey());
      busySlots -= entry.getValue().slots;
      return true;
    });
  }
}
