/// Reads back what became of prompts. [TopicReader] follows a topic, [AnswerReader] contents and outcomes
/// for chosen prompts and gives an [Answer] each, [ContentBodies] fetches the bytes of a content record.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer.answers;
