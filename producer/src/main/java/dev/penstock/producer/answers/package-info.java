/// Reads back what became of prompts. [ContentReader] and [OutcomeReader] follow a topic, [AnswerReader] follows both
/// for chosen prompts and gives an [Answer] each, [ContentBodies] fetches the bytes of a content record.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer.answers;
