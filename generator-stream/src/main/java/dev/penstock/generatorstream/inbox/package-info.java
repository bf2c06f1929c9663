/// The durable inbox: what was admitted and is not done. [InboxProcessor] is the operator; [InboxIndex] orders the work in memory, the store keeps the bodies.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.inbox;
