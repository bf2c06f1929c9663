/// Speech: [SpeechGenerator] leads. It has the text turned into phonemes (`phonemes`, and `reading` before that), and
/// their numbers ([PreparedSpeech]) spoken sentence by sentence by a [Voice]; a [SentenceFile] makes a file of the sentences. A
/// [Speaker] is the same for who wants samples.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.audio;
