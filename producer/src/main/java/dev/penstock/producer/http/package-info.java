/// Prompts over HTTP: [Intake] is the server, [PromptRoutes] what it answers, [PromptLog] what it remembers of the
/// topics, filled by [TopicFollower].
@org.jspecify.annotations.NullMarked
package dev.penstock.producer.http;
