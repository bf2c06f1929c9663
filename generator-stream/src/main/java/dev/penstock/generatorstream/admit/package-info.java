/// From bytes to a pinned prompt, or to the sentence that says why not. [AdmitProcessor] is the operator, [Admission] the rules.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.admit;
