/// What a batch gains for each family of pictures, and how fast speech is made: [FamiliesBenchmark] lets each model step its
/// requests one at a time and together ([BatchGain]), runs the graph of a one-shot model at both sizes ([GraphGain]), and lets a
/// voice speak ([SpeechRate]).
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.families;
