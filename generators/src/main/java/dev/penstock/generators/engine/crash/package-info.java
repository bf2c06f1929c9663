/// Who was running when the process died. A lane writes the ids of its running step into a
/// [FlightRecorder]; after a native crash [Suspects] reads the recorders of the dead process.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine.crash;
