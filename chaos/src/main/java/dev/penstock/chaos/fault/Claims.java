package dev.penstock.chaos.fault;

/// What faults claim.
public final class Claims {

  public static final String BROKERS = "brokers";
  public static final String REGISTRY = "registry";
  public static final String DATABASE = "database";
  public static final String SINK = "sink";
  public static final String SPARE = "spare";

  private Claims() {}

  /// The process of an instance.
  ///
  /// @param index from 0
  public static String instance(int index) {
    return "instance-" + index;
  }

  /// The way from an instance to the brokers.
  static String network(int index) {
    return "network-" + index;
  }
}
