package dev.penstock.producer.campaign;

import dev.penstock.producer.InvalidPromptException;
import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes prompts of rows: a column that is called like a field of a prompt sets it, `param.NAME` sets a parameter and
/// `var.NAME` a variable of the template that the prompt names.
/// With a template all other columns are material for it; without one there may be no others.
///
/// @param defaults what every prompt begins with
/// @param template makes the text from columns; null if the rows have a text of their own
record RowMapping(PromptDraft defaults, @Nullable TextTemplate template) {

  /// Whether a column sets a field or a parameter, of the row or of one of its parts.
  static boolean isKnown(String column) {
    if (RowParts.isForPart(column)) return isKnown(column.substring(column.indexOf('.') + 1));
    for (String prefix : List.of(PromptField.PARAMETER_PREFIX, PromptField.VARIABLE_PREFIX))
      if (column.startsWith(prefix)) return column.length() > prefix.length();
    return PromptField.named(column).isPresent();
  }

  /// What columns there may be, in words.
  static String allowedColumns() {
    return "%s, %sNAME and %sNAME, each also for one part of the row, such as image.text"
        .formatted(
            String.join(", ", PromptField.names()), PromptField.PARAMETER_PREFIX, PromptField.VARIABLE_PREFIX);
  }

  CampaignRow map(SourceRow row) {
    List<String> problems = new ArrayList<>(row.problems());
    PromptDraft draft = new PromptDraft(defaults);
    if (problems.isEmpty()) row.cells().forEach((column, text) -> set(draft, column, text, problems));
    if (problems.isEmpty() && template != null) fill(draft, row, problems);
    if (!row.messages().isEmpty()) draft.messages(row.messages());
    if (!problems.isEmpty()) return new CampaignRow.Bad(row.line(), problems);
    try {
      return new CampaignRow.Good(row.line(), draft.build());
    } catch (InvalidPromptException e) {
      return new CampaignRow.Bad(row.line(), e.problems());
    }
  }

  private void set(PromptDraft draft, String column, String text, List<String> problems) {
    Optional<PromptField> field = PromptField.named(column);
    if (field.isPresent()) {
      if (field.get() == PromptField.TEXT && template != null) return;
      try {
        draft.set(field.get(), text);
      } catch (InvalidPromptException e) {
        problems.addAll(e.problems());
      }
    } else if (isKnown(column) && column.startsWith(PromptField.VARIABLE_PREFIX))
      draft.variable(column.substring(PromptField.VARIABLE_PREFIX.length()), text);
    else if (isKnown(column)) draft.parameter(column.substring(PromptField.PARAMETER_PREFIX.length()), text);
    else if (template == null)
      problems.add("'%s' is no field of a prompt, allowed are %s".formatted(column, allowedColumns()));
  }

  private void fill(PromptDraft draft, SourceRow row, List<String> problems) {
    for (String column : template.columns())
      if (!row.cells().containsKey(column)) problems.add("%s is empty, and the text needs it".formatted(column));
    if (problems.isEmpty()) draft.set(PromptField.TEXT, template.fill(row.cells()));
  }
}
