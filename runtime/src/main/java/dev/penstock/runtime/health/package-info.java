/// Probes over HTTP on loopback: [HealthServer].
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime.health;
