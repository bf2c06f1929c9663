/// From bytes to a pinned prompt, or to the sentence that says why not. [AdmitProcessor] is the operator, [Admission]
/// the way through, [PromptRules] what a prompt may say of itself.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.admit;
