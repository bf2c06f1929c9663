/// What the site works on meanwhile: [SteadyLoad] sends prompts of a [PromptSet], [Arrivals] sees when their content is
/// there.
@org.jspecify.annotations.NullMarked
package dev.penstock.chaos.load;
