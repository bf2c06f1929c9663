package dev.penstock.generatorstream.prompt;

import dev.penstock.generators.Input;

/// What a template and its variables became when the prompt was admitted. It is kept with the prompt, so that a template
/// that is changed or taken away does not change what was asked for.
///
/// @param reference `name@version` of the template
public record FilledTemplate(String reference, Input input) {}
