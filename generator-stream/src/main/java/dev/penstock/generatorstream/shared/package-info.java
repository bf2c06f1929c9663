/// Equal work is done once: [SharedWork] lets a request wait for an equal one that runs, or takes a result from the
/// [ResultCache].
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.shared;
