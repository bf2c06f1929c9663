/// What runs of `penstock evaluate --json` wrote ([Evidence]), as the tables of `docs/evaluation.md` ([EvidenceTables]), and what
/// is aimed at ([Aim]).
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.evaluation.evidence;
