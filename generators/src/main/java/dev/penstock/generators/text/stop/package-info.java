/// Strings that end an answer and are never part of it: [StopStrings] are a request's, a [StopScanner] reads one answer.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.stop;
