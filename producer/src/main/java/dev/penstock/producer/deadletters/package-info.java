/// Prompts that could not be read or generated: [DeadLettersCommand] lists and shows them, and sends them again as a
/// [Replay], which leaves out what the topics say has ended since.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer.deadletters;
