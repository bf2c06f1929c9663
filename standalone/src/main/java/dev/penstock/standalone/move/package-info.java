/// From the embedded registry to one of a company: [RegistryMove].
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.move;
