/// `penstock evaluate`: how good what a model makes is, on samples that nobody picked. [EvaluateCommand] runs the model in
/// this process ([ModelRun]), has a judge look ([PictureEvaluation]) or counts words ([TextEvaluation]), and writes an
/// [Evaluation] as a table, as flat JSON and as a page.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.evaluation;
