package dev.penstock.generatorstream.admit;

/// Bounds on what a prompt may ask for.
///
/// @param partitions how many the prompts topic has
/// @param maxIdCharacters of a prompt id, a tenant, a campaign and an order key
/// @param maxTextCharacters of the text, or of all messages together
/// @param maxMessages of a conversation
/// @param maxVariants of one prompt
public record Limits(
    int partitions, int maxIdCharacters, int maxTextCharacters, int maxMessages, int maxVariants) {

  public static Limits of(int partitions) {
    return new Limits(partitions, 128, 32_768, 64, 16);
  }
}
