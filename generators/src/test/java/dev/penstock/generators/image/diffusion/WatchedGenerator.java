package dev.penstock.generators.image.diffusion;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Stepper;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// A generator that tells how many steps its lane made while a prepared request waited for the first of its own.
final class WatchedGenerator implements Generator<PreparedDiffusion, float[]>, Stepper<PreparedDiffusion, float[]> {

  private final DiffusionGenerator watched;
  private final AtomicLong steps = new AtomicLong();
  private final ConcurrentMap<PreparedDiffusion, Long> prepared = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Long> waited = new ConcurrentHashMap<>();

  WatchedGenerator(DiffusionGenerator watched) {
    this.watched = watched;
  }

  /// Steps that the lane ended.
  long steps() {
    return steps.get();
  }

  /// Steps that ended between the preparation and the admission of a request of so many steps.
  long stepsWaited(int ofSteps) {
    return waited.get(ofSteps);
  }

  @Override
  public PreparedDiffusion prepare(GenerationRequest request) throws GenerationException {
    PreparedDiffusion made = watched.prepare(request);
    prepared.put(made, steps.get());
    return made;
  }

  @Override
  public Stepper<PreparedDiffusion, float[]> stepper() {
    return this;
  }

  @Override
  public GenerationResult complete(GenerationRequest request, PreparedDiffusion made, float[] draft)
      throws GenerationException {
    return watched.complete(request, made, draft);
  }

  @Override
  public void close() {
    watched.close();
  }

  @Override
  public int slots() {
    return watched.stepper().slots();
  }

  @Override
  public int slotsFor(PreparedDiffusion made) {
    return watched.stepper().slotsFor(made);
  }

  @Override
  public int mostSteps(PreparedDiffusion made) {
    return watched.stepper().mostSteps(made);
  }

  @Override
  public void admit(long execution, PreparedDiffusion made) {
    waited.put(made.steps(), steps.get() - prepared.get(made));
    watched.stepper().admit(execution, made);
  }

  @Override
  public List<Ended<float[]>> step() throws Exception {
    List<Ended<float[]>> ended = watched.stepper().step();
    steps.incrementAndGet();
    return ended;
  }

  @Override
  public void release(long execution) {
    watched.stepper().release(execution);
  }
}
