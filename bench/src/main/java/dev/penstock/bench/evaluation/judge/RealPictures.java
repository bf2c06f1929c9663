package dev.penstock.bench.evaluation.judge;

import dev.penstock.bench.evaluation.judge.NumpyArchive.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a judge saw on real pictures, and on those of the baseline: `real.npz`, written by the judge's recipe.
///
/// @param train what models were trained on, or the like of it
/// @param trainLabels what really is on them, as [Seen#attributes]
/// @param test real pictures that no model has seen
/// @param baseline pictures drawn from a Gaussian on the principal components of each class's pixels
/// @param baselineAsked the classes that were drawn
/// @param trainSmall real pictures in small, `[pictures][values]` in 0..1, for training with
/// @param smallSide their side in pixels
public record RealPictures(
    Seen train, int[][] trainLabels, Seen test, int[][] testLabels, Seen baseline, int[][] baselineAsked,
    double[][] trainSmall, double[][] testSmall, int smallSide, List<Pixels> samples, List<Pixels> baselineSamples) {

  static RealPictures read(Path folder, Judge judge, int generatedSide) {
    try {
      NumpyArchive archive = NumpyArchive.read(folder.resolve("real.npz"));
      String mark = archive.has("train_features_" + generatedSide) ? "_" + generatedSide : "";
      Rows small = archive.get("train_small");
      return new RealPictures(
          seen(archive, "train", mark), whole(archive, "train_labels"),
          seen(archive, "test", mark), whole(archive, "test_labels"),
          seen(archive, "baseline", mark), whole(archive, "baseline_asked"),
          inUnit(small), inUnit(archive.get("test_small")), small.shape()[1],
          pictures(archive.get("test_pictures"), judge), pictures(archive.get("baseline_pictures"), judge));
    } catch (IOException e) {
      throw new UncheckedIOException("The real pictures of judge " + judge.name() + " cannot be read", e);
    }
  }

  private static Seen seen(NumpyArchive archive, String name, String mark) {
    return new Seen(whole(archive, name + "_seen" + mark), archive.get(name + "_features" + mark).values());
  }

  private static int[][] whole(NumpyArchive archive, String name) {
    double[][] values = archive.get(name).values();
    int[][] numbers = new int[values.length][];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = new int[values[i].length];
      for (int j = 0; j < numbers[i].length; j++) numbers[i][j] = (int) values[i][j];
    }
    return numbers;
  }

  private static double[][] inUnit(Rows bytes) {
    double[][] scaled = new double[bytes.values().length][];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = bytes.values()[i].clone();
      for (int j = 0; j < scaled[i].length; j++) scaled[i][j] /= 255;
    }
    return scaled;
  }

  private static List<Pixels> pictures(Rows rows, Judge judge) {
    List<Pixels> pictures = new ArrayList<>();
    for (double[] row : rows.values()) pictures.add(Pixels.of(row, judge.side(), judge.channels()));
    return pictures;
  }
}
