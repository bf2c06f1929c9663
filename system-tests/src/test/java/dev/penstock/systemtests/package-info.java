/// What Penstock promises, held against real processes: [KillTest], [SigtermTest] and [FrozenInstanceTest] end, stop
/// and freeze them, [WaitAtStartTest] starts them too early or wrongly, [PythonClientTest] talks to one from outside,
/// [ArchitectureTest] checks which way dependencies point.
@org.jspecify.annotations.NullMarked
package dev.penstock.systemtests;
