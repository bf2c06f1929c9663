/// Spoken text: a [Speaker] makes sound of it.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.audio;
