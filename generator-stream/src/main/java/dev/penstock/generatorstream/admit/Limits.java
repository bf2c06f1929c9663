package dev.penstock.generatorstream.admit;

import dev.penstock.generatorstream.prompt.RecordBounds;

/// Bounds on what a prompt may ask for.
///
/// @param partitions how many the prompts topic has
/// @param maxRecordBytes key, value and headers together, as they are uncompressed; what is larger is not even decoded
/// @param maxHeaders they are kept with the prompt until it ends
/// @param maxHeaderBytes all headers together
/// @param maxIdCharacters of a prompt id, a tenant, a campaign and an order key
/// @param maxTextCharacters of the text, or of all messages together
/// @param maxMessages of a conversation
/// @param maxVariants of one prompt
/// @param maxPictureBytes of the picture that comes with a prompt, as it is encoded
public record Limits(
    int partitions,
    int maxRecordBytes,
    int maxHeaders,
    int maxHeaderBytes,
    int maxIdCharacters,
    int maxTextCharacters,
    int maxMessages,
    int maxVariants,
    int maxPictureBytes) {

  /// A topic name has at most 249 characters, partition and offset at most 30.
  int maxPositionCharacters() {
    return 280;
  }

  public static Limits of(int partitions) {
    return new Limits(
        partitions, RecordBounds.MOST_BYTES, RecordBounds.MOST_HEADERS, RecordBounds.MOST_HEADER_BYTES, 128, 32_768, 64, 16,
        512 << 10);
  }
}
