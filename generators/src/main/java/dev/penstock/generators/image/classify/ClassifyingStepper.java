package dev.penstock.generators.image.classify;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.image.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A classifier as slots: every execution takes one, and ends with the step. A draft is a probability a label.
final class ClassifyingStepper implements Stepper<Picture, double[]> {

  static final int SLOTS = 8;

  private final ImageClassifier classifier;
  private final Map<Long, Picture> admitted = new LinkedHashMap<>();

  ClassifyingStepper(ImageClassifier classifier) {
    this.classifier = classifier;
  }

  @Override
  public int slots() {
    return SLOTS;
  }

  @Override
  public int slotsFor(Picture prepared) {
    return 1;
  }

  @Override
  public int mostSteps(Picture prepared) {
    return 1;
  }

  @Override
  public void admit(long execution, Picture prepared) {
    if (admitted.size() == SLOTS) throw new IllegalStateException("all " + SLOTS + " slots are taken");
    admitted.put(execution, prepared);
  }

  @Override
  public List<Ended<double[]>> step() {
    List<Ended<double[]>> ended = new ArrayList<>();
    admitted.forEach((execution, picture) -> ended.add(end(execution, classifier.scores(picture))));
    admitted.clear();
    return ended;
  }

  private static Ended<double[]> end(long execution, double[] scores) {
    return Arrays.stream(scores).allMatch(Double::isFinite)
        ? new Ended.Finished<>(execution, scores, 1)
        : new Ended.Failed<>(execution, new Broken("NUMERIC", "The model computed scores that are not numbers.", null));
  }

  @Override
  public void release(long execution) {
    admitted.remove(execution);
  }
}
