/// The command line. [Penstock] is the program; each module adds its [PenstockCommand]s as services.
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime.cli;
