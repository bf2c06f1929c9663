package dev.penstock.producer.campaign;

import dev.penstock.producer.PromptField;
import dev.penstock.schemas.Modality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A row that asks for several things of one product, as rows that ask for one each. `modality` joins them with a plus,
/// such as `text+image+audio`; a column such as `image.text` or `audio.param.speed` is for that part alone and wins over the
/// column without the prefix, which all parts share. A `promptId` becomes one id a part: `tea-text`, `tea-image`.
final class RowParts {

  private static final String PLUS = "+";

  private RowParts() {}

  /// Whether a column is for one part.
  static boolean isForPart(String column) {
    return partOf(column).isPresent();
  }

  /// @param textIsMade whether a template makes the text, so that a part cannot have one of its own
  static List<SourceRow> of(SourceRow row, boolean textIsMade) {
    String modality = cell(row, PromptField.MODALITY).orElse("");
    List<String> parts = Arrays.stream(modality.split("[+]", -1)).map(part -> part.strip().toLowerCase(Locale.ROOT)).toList();
    Set<String> once = new LinkedHashSet<>(parts);
    List<String> problems = new ArrayList<>(row.problems());
    if (once.size() < parts.size()) problems.add("modality is '%s', which asks for one thing twice".formatted(modality));
    for (String column : row.cells().keySet())
      if (isForPart(column) && !once.contains(partOf(column).orElseThrow()))
        problems.add("%s is filled, and modality does not ask for it; allowed is for example text+image".formatted(column));
    for (String column : row.cells().keySet())
      if (textIsMade && isForPart(column) && is(column.substring(column.indexOf('.') + 1), PromptField.TEXT))
        problems.add("%s is filled, and the text template makes the text of all parts".formatted(column));
    if (!problems.isEmpty()) return List.of(new SourceRow(row.line(), Map.of(), List.of(), problems));
    return once.stream().map(part -> part(row, part, modality.contains(PLUS))).toList();
  }

  private static SourceRow part(SourceRow row, String part, boolean isOneOfSeveral) {
    Map<String, String> cells = new HashMap<>(row.cells());
    cells.keySet().removeIf(RowParts::isForPart);
    row.cells().forEach((column, text) -> {
      if (partOf(column).filter(part::equals).isPresent()) cells.put(column.substring(part.length() + 1), text);
    });
    if (isOneOfSeveral) {
      cells.replaceAll((column, text) -> is(column, PromptField.MODALITY) ? part : text);
      cells.replaceAll((column, text) -> is(column, PromptField.PROMPT_ID) ? text + "-" + part : text);
    }
    return new SourceRow(row.line(), cells, row.messages(), List.of());
  }

  private static Optional<String> cell(SourceRow row, PromptField field) {
    return row.cells().entrySet().stream().filter(cell -> is(cell.getKey(), field)).map(Map.Entry::getValue).findFirst();
  }

  private static boolean is(String column, PromptField field) {
    return column.equalsIgnoreCase(field.fieldName());
  }

  private static Optional<String> partOf(String column) {
    return Arrays.stream(Modality.values())
        .filter(modality -> modality != Modality.UNKNOWN)
        .map(modality -> modality.name().toLowerCase(Locale.ROOT))
        .filter(part -> column.startsWith(part + ".") && column.length() > part.length() + 1)
        .findFirst();
  }
}
