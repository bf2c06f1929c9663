package dev.penstock.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Named numbers in the order they were found.
public final class Figures {

  private final Map<String, Double> values = new LinkedHashMap<>();

  public Figures put(String name, double value) {
    if (!Double.isFinite(value)) throw new IllegalArgumentException(name + " is " + value);
    values.put(name, value);
    return this;
  }

  public Figures putAll(Figures others) {
    values.putAll(others.values);
    return this;
  }

  public Map<String, Double> values() {
    return Map.copyOf(values);
  }

  /// Name and value, in order.
  public List<Map.Entry<String, Double>> entries() {
    return List.copyOf(values.entrySet());
  }

  /// The middle of the values; of an even number the mean of the middle two.
  public static double median(double... values) {
    if (values.length == 0) throw new IllegalArgumentException("no values");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
