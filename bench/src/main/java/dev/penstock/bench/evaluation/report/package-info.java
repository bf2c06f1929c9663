/// An evaluation as one HTML page that needs nothing else: [EvaluationPage], with [BarPlot]s and [ContactSheet]s.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.evaluation.report;
