package dev.penstock.producer.campaign;

import dev.penstock.producer.PromptDraft;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file of prompts: CSV with a header (`.csv`, `.tsv`) or one JSON object a line (`.jsonl`, `.ndjson`), UTF-8. Read
/// row by row, so it may be longer than memory is large, and as often as wanted. A row may ask for several things of one
/// product and then is several prompts ([RowParts]).
///
/// Ids are made while reading: a row without a `promptId` has another id each time.
public final class CampaignFile {

  /// Hands rows to `rows` until the file ends.
  @FunctionalInterface
  interface Format {
    void read(Reader reader, Consumer<SourceRow> rows) throws IOException;
  }

  private final Path file;
  private final RowMapping mapping;
  private final Format format;

  /// @param defaults what every prompt begins with; a row's own columns win
  /// @param text makes the prompt's text from the columns; null if the rows have a `text` of their own
  /// @throws UserError if the file's name says no format that is known
  public CampaignFile(Path file, PromptDraft defaults, @Nullable TextTemplate text) {
    this.file = file;
    this.mapping = new RowMapping(new PromptDraft(defaults), text);
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv") || name.endsWith(".tsv")) this.format = new CsvRows(file, text)::read;
    else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) this.format = JsonRows::read;
    else throw new UserError("%s is no campaign file; allowed are .csv, .tsv, .jsonl and .ndjson".formatted(file));
  }

  /// Reads from the first row to the last, in the calling thread.
  ///
  /// @throws UserError if the file cannot be read, has a wrong header or no rows
  public void read(Consumer<CampaignRow> rows) {
    Map<String, Long> givenIds = new HashMap<>();
    boolean[] hasRows = {false};
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      skipByteOrderMark(reader);
      format.read(
          reader,
          row -> {
            hasRows[0] = true;
            for (SourceRow part : RowParts.of(row, mapping.template() != null)) rows.accept(unlessRepeated(mapping.map(part), part, givenIds));
          });
    } catch (CharacterCodingException e) {
      throw new UserError("%s is not UTF-8; save it as UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new UserError("%s cannot be read: %s".formatted(file, e), e);
    }
    if (!hasRows[0]) throw new UserError("%s has no rows".formatted(file));
  }

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') reader.reset();
  }

  /// A second prompt with the same id would be answered as a duplicate of the first.
  private static CampaignRow unlessRepeated(CampaignRow row, SourceRow source, Map<String, Long> givenIds) {
    if (!(row instanceof CampaignRow.Good(long line, var prompt)) || !source.cells().containsValue(prompt.getPromptId()))
      return row;
    Long before = givenIds.putIfAbsent(prompt.getPromptId(), line);
    if (before == null) return row;
    return new CampaignRow.Bad(
        line, List.of("promptId '%s' is that of line %d; ids are unique".formatted(prompt.getPromptId(), before)));
  }
}
