package dev.penstock.generators.models.writing;

import java.util.Set;

/// Control tokens that end an answer wherever a vocabulary has them.
public final class StopTokens {

  public static final Set<String> KNOWN =
      Set.of("<|endoftext|>", "<|im_end|>", "<|eot_id|>", "<|end|>", "<|end_of_text|>", "</s>");

  private StopTokens() {}
}
