/// Judges: classifiers that evaluate and are used for nothing else, with what they saw of real pictures. [Judge] opens one;
/// [RealPictures] is what generated pictures are compared with.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.evaluation.judge;
