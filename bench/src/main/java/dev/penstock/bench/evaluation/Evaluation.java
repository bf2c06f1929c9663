package dev.penstock.bench.evaluation;

import dev.penstock.bench.evaluation.metrics.Interval;
import dev.penstock.bench.evaluation.report.BarPlot;
import dev.penstock.bench.evaluation.report.ContactSheet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was found out about one model. Filled in by one thread, then read.
final class Evaluation {

  private final String title;
  private final Map<String, Interval> figures = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<BarPlot> plots = new ArrayList<>();
  private final List<ContactSheet> sheets = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private String judge = "";

  /// @param title names model, version and digest
  Evaluation(String title) {
    this.title = title;
  }

  Evaluation put(String name, Interval figure) {
    figures.put(name, figure);
    return this;
  }

  Evaluation put(String name, double figure) {
    return put(name, Interval.exactly(figure));
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  void plot(BarPlot plot) {
    plots.add(plot);
  }

  void sheet(ContactSheet sheet) {
    sheets.add(sheet);
  }

  void text(String sample) {
    texts.add(sample);
  }

  void judgedBy(String nameVersionAndDigest) {
    judge = nameVersionAndDigest;
  }

  String title() {
    return title;
  }

  /// Name, version and digest of the judge that looked; empty if none did.
  String judge() {
    return judge;
  }

  /// In the order in which they were found.
  Map<String, Interval> figures() {
    return figures;
  }

  List<String> notes() {
    return notes;
  }

  List<BarPlot> plots() {
    return plots;
  }

  List<ContactSheet> sheets() {
    return sheets;
  }

  /// Samples of text as they came.
  List<String> texts() {
    return texts;
  }
}
