/// Probes over HTTP on loopback: [HealthServer] answers them, [Probe] asks.
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime.health;
