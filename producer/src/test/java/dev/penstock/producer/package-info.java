/// Specifications of the producer. [InMemoryRegistry] stands in for a schema registry.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer;
