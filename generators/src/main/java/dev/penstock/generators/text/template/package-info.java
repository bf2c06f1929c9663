/// Chat templates: how a conversation becomes the one text that a language model was trained on. [ChatTemplate] reads
/// and renders the template that a model brings; `syntax` holds the tree, `render` walks it, `value` computes.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.text.template;
