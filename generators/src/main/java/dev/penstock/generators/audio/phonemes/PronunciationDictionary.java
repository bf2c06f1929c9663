package dev.penstock.generators.audio.phonemes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Words and their phonemes, kept as the sorted text they come in: 2.5 MB for 118,000 words. Any thread.
///
/// The words are those of the CMU Pronouncing Dictionary (its notice lies beside the table), in the notation of
/// [Ipa]; `models/recipes/english-pronunciation` makes the table.
final class PronunciationDictionary {

  private static final String RESOURCE = "english-words.txt.gz";

  private final byte[] lines;

  private PronunciationDictionary(byte[] lines) {
    this.lines = lines;
  }

  static PronunciationDictionary english() {
    return new PronunciationDictionary(resource(RESOURCE));
  }

  static byte[] resource(String name) {
    try (InputStream packed = Objects.requireNonNull(PronunciationDictionary.class.getResourceAsStream(name), name)) {
      return new GZIPInputStream(packed).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The resource " + name + " cannot be read", unreadable);
    }
  }

  /// @param word in lower case
  Optional<String> find(String word) {
    byte[] key = (word + " ").getBytes(US_ASCII);
    int low = 0;
    int high = lines.length;
    while (low < high) {
      int start = startOfLine((low + high) >>> 1);
      int end = endOfLine(start);
      int order = compare(start, end, key);
      if (order == 0) return Optional.of(new String(lines, start + key.length, end - start - key.length, US_ASCII));
      if (order < 0) low = end + 1;
      else high = start;
    }
    return Optional.empty();
  }

  private int startOfLine(int inside) {
    int start = inside;
    while (start > 0 && lines[start - 1] != '\n') start--;
    return start;
  }

  private int endOfLine(int start) {
    int end = start;
    while (end < lines.length && lines[end] != '\n') end++;
    return end;
  }

  /// A line begins with the key, or comes before (negative) or after it.
  private int compare(int start, int end, byte[] key) {
    int length = Math.min(key.length, end - start);
    return Arrays.compare(lines, start, start + length, key, 0, key.length);
  }
}
