package dev.penstock.generators.audio;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// A voice's numbers for symbols of phonemes. A sentence is `^`, a pad, each symbol with a pad behind it, and `$`, as
/// Piper feeds its voices; symbols that the voice does not know are left out.
final class PhonemeIds {

  private final Map<String, long[]> ids;

  private PhonemeIds(Map<String, long[]> ids) {
    this.ids = ids;
  }

  /// @throws InvalidModelException if the file is no map of symbols to lists of numbers with `^`, `_` and `$`
  static PhonemeIds read(Path file) {
    try {
      Map<String, List<Long>> read = new ObjectMapper().readValue(Files.readAllBytes(file), new TypeReference<>() {});
      if (!read.keySet().containsAll(List.of("^", "_", "$")))
        throw new InvalidModelException(file + " has no ids for ^, _ and $, which begin, pad and end a sentence.");
      return new PhonemeIds(read.entrySet().stream().collect(Collectors.toMap(
          Map.Entry::getKey, entry -> entry.getValue().stream().mapToLong(Long::longValue).toArray())));
    } catch (IOException unreadable) {
      throw new InvalidModelException(file + " is no map of phonemes to ids: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  long[] of(String phonemes) {
    long[] pad = get("_");
    LongStream.Builder all = LongStream.builder();
    add(all, get("^"), pad);
    Normalizer.normalize(phonemes, Normalizer.Form.NFD).codePoints().mapToObj(Character::toString)
        .filter(ids::containsKey).forEach(symbol -> add(all, get(symbol), pad));
    add(all, get("$"));
    return all.build().toArray();
  }

  private long[] get(String symbol) {
    long[] found = ids.get(symbol);
    if (found == null) throw new IllegalStateException("there are no ids for " + symbol);
    return found;
  }

  private static void add(LongStream.Builder all, long[]... parts) {
    for (long[] part : parts) for (long id : part) all.add(id);
  }
}
