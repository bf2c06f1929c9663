package dev.penstock.producer.campaign;

import dev.penstock.runtime.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// CSV after RFC 4180, separated by comma, semicolon or tab (what the header uses), the first row naming the columns.
///
/// @param file for messages
/// @param template whose columns the header must have, or null
record CsvRows(Path file, @Nullable TextTemplate template) {

  private static final int LONGEST_HEADER = 1 << 16;

  void read(Reader reader, Consumer<SourceRow> rows) throws IOException {
    BufferedReader buffered = new BufferedReader(reader, LONGEST_HEADER);
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter(buffered))
            .setRecordSeparator('\n')
            .setIgnoreEmptyLines(false)
            .setIgnoreSurroundingSpaces(true)
            .get();
    try (CSVParser parser = CSVParser.builder().setReader(buffered).setFormat(format).get()) {
      read(parser, rows);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void read(CSVParser parser, Consumer<SourceRow> rows) throws IOException {
    Iterator<CSVRecord> records = parser.iterator();
    if (!records.hasNext()) throw new UserError("%s is empty; its first line names the columns".formatted(file));
    List<String> header = header(records.next());
    while (true) {
      // A row may span lines, and the parser only says where it ends.
      long line = parser.getCurrentLineNumber() + 1;
      if (!hasNext(records, line)) return;
      CSVRecord cells = records.next();
      if (cells.size() > 1 || !cells.get(0).isBlank()) rows.accept(row(line, header, cells));
    }
  }

  private boolean hasNext(Iterator<CSVRecord> records, long line) throws IOException {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof java.nio.charset.CharacterCodingException) throw e;
      throw new UserError("%s is no CSV from line %d on: %s".formatted(file, line, e.getCause().getMessage()), e);
    }
  }

  private static char delimiter(BufferedReader reader) throws IOException {
    reader.mark(LONGEST_HEADER);
    String header = reader.readLine();
    reader.reset();
    if (header == null || header.indexOf(',') >= 0) return ',';
    if (header.indexOf(';') >= 0) return ';';
    return header.indexOf('\t') >= 0 ? '\t' : ',';
  }

  private List<String> header(CSVRecord cells) {
    List<String> columns = cells.toList();
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) problems.add("the column '%s' is there twice".formatted(column));
      if (template == null && !RowMapping.isKnown(column))
        problems.add("the column '%s' is no field of a prompt".formatted(column));
    }
    if (template != null) {
      Set<String> missing = new TreeSet<>(template.columns());
      missing.removeAll(seen);
      if (!missing.isEmpty()) problems.add("the text needs the columns " + String.join(", ", missing));
    }
    if (!problems.isEmpty())
      throw new UserError(
          "%s line 1: %s; allowed are %s, and any others that a text template names"
              .formatted(file, String.join("; ", problems), RowMapping.allowedColumns()));
    return columns;
  }

  private static SourceRow row(long line, List<String> header, CSVRecord cells) {
    if (cells.size() != header.size())
      return SourceRow.unreadable(
          line, "the row has %d cells, the header has %d".formatted(cells.size(), header.size()));
    Map<String, String> filled = new HashMap<>();
    for (int column = 0; column < header.size(); column++)
      if (!cells.get(column).isBlank()) filled.put(header.get(column), cells.get(column));
    return SourceRow.of(line, filled);
  }
}
