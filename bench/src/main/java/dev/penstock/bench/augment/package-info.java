/// `penstock augment`: a labelled set of generated pictures, made through the stream, and a report that says whether a
/// classifier learns more with it. [AugmentCommand] leads to [LabelledFolder] (what is there already), [StreamDraw]
/// (prompts out, contents in) and [AugmentationReport].
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.augment;
