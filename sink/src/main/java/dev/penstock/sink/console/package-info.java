/// The console: what was generated, for people.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink.console;
