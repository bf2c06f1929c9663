/// Specifications of the framing and of the registry's client.
@org.jspecify.annotations.NullMarked
package dev.penstock.schemas.framing;
