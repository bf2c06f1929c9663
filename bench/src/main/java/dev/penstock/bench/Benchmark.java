package dev.penstock.bench;

/// One measuring command.
public interface Benchmark {

  /// As in `penstock bench NAME`.
  String name();

  /// One sentence: what is compared with what.
  String purpose();

  /// @param quick a short form that shows the whole runs; its figures are rough
  /// @throws Exception if something does not run or a result is wrong: then there are no figures
  Figures run(boolean quick, RunLog log) throws Exception;
}
