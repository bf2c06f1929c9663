/// Programs of ours as processes of their own: [GeneratorInstance] is one over several runs, [ProgramProcess] one run,
/// [Launch] how it is started, [Signals] what may be sent to it.
@org.jspecify.annotations.NullMarked
package dev.penstock.chaos.process;
