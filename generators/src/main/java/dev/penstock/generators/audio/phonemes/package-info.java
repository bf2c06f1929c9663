/// From spoken words to phonemes, in the symbols and habits of espeak-ng, on which Piper's voices were trained: a
/// [Phonemizer] is the [EnglishPhonemizer], which asks [EnglishWords] for every word, or the [EspeakPhonemizer].
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.audio.phonemes;
