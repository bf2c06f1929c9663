/// Finding entities in texts with an encoder that labels tokens. [TokenClassificationGenerator] leads: it cuts a text into
/// overlapping [Window]s ([PreparedText]); [TokenStepper] has a window of every request labelled a step, rows of like
/// length together ([TokenGraph], [TokenBatch]); [EntityReader] reads labels as [Entity]s (tokens of a word may take [Votes]), [Checks] holds against rules what
/// can be checked, [EntitiesJson] writes the answer.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.entities;
