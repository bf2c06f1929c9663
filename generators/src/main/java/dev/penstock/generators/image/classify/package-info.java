/// Image classification: [dev.penstock.generators.image.classify.ImageClassifier] is the model as a function,
/// [dev.penstock.generators.image.classify.ImageClassifierGenerator] the same for prompts.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.image.classify;
