package dev.penstock.generators.text;

import java.util.Arrays;

/// Turns token ids into text as they come, never with half a character: a piece that ends in the middle of one is
/// held back until the rest is there. All pieces together are what decoding all ids at once gives, less a
/// character that was never finished. One thread.
///
/// Method: the ids since the last piece are decoded together with those of the piece before, because a tokenizer
/// may join words differently at the start of a text (prefix and read offset, as in Hugging Face's
/// text-generation-inference).
public final class IncrementalDecoder {

  private static final char BROKEN = '\uFFFD';

  private final Tokenizer tokenizer;
  private int[] ids = new int[32];
  private int size;
  private int prefix;
  private int read;
  private String prefixText = "";

  public IncrementalDecoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /// Takes one more id.
  ///
  /// @return the text that is certain now and was not returned before; often empty
  public String add(int id) {
    if (size == ids.length) ids = Arrays.copyOf(ids, size * 2);
    ids[size++] = id;
    String text = tokenizer.decode(Arrays.copyOfRange(ids, prefix, size));
    if (text.length() <= prefixText.length() || text.charAt(text.length() - 1) == BROKEN) return "";
    return advance(text);
  }

  /// Ends the text.
  ///
  /// @return what was held back, without the character that was never finished
  public String finish() {
    String text = withoutBrokenEnd(tokenizer.decode(Arrays.copyOfRange(ids, prefix, size)));
    return text.length() <= prefixText.length() ? "" : advance(text);
  }

  private String advance(String text) {
    String piece = text.substring(prefixText.length());
    prefix = read;
    read = size;
    prefixText = tokenizer.decode(Arrays.copyOfRange(ids, prefix, read));
    return piece;
  }

  /// Cuts off what is left of a character that never came to its end.
  static String withoutBrokenEnd(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == BROKEN) end--;
    return text.substring(0, end);
  }
}
