/// Imports models from folders as Hugging Face's libraries write them.
///
/// [dev.penstock.generators.models.huggingface.CheckpointImporter] leads: `config.json`
/// ([dev.penstock.generators.models.huggingface.CheckpointConfig]), weights in
/// [dev.penstock.generators.models.huggingface.SafetensorsFile]s, tokenizer and chat template
/// ([dev.penstock.generators.models.huggingface.TokenizerFiles]). Encoders that label tokens come through
/// [dev.penstock.generators.models.huggingface.TokenClassificationImporter].
@NullMarked
package dev.penstock.generators.models.huggingface;

import org.jspecify.annotations.NullMarked;
