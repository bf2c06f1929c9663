/// What every service shares. [OrderlyStop] ends a process in the right order, [StartupWait] waits for what is
/// not there yet; `config` reads settings, `cli` is the command line, `kafka` makes clients, `store` keeps large
/// bodies, `health` answers probes.
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime;
