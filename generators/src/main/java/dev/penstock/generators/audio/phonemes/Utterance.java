package dev.penstock.generators.audio.phonemes;

/// What is spoken in one breath, about a sentence.
///
/// @param phonemes symbols of the International Phonetic Alphabet as espeak-ng writes them (stress marks before the vowel,
///     words apart by a space), with the punctuation that ends clauses; not empty
/// @param words how many words they are
public record Utterance(String phonemes, int words) {}
