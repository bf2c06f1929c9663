package dev.penstock.producer.cli;

import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptField;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that set fields of a prompt; a picocli mixin. Their texts go the way of a campaign file's cells.
final class PromptOptions {

  @Option(names = "--model", paramLabel = "NAME", description = "name or name@version; the default of the modality if not given.")
  @Nullable String model;

  @Option(names = "--modality", paramLabel = "KIND", description = "text, image, audio or video; that of the model if not given.")
  @Nullable String modality;

  @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter of the model. Repeatable.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--template", paramLabel = "NAME", description = "A template instead of a text: name or name@version.")
  @Nullable String template;

  @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A variable of the template. Repeatable.")
  Map<String, String> variables = new LinkedHashMap<>();

  @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same content; from the prompt id if not given.")
  @Nullable String seed;

  @Option(names = "--variants", paramLabel = "N", description = "How many contents to make. Default: 1.")
  @Nullable String variants;

  @Option(names = "--candidates", paramLabel = "N", description = "How many answers to make for each; the best is kept. Default: 1.")
  @Nullable String candidates;

  @Option(names = "--priority", paramLabel = "P", description = "urgent, normal or bulk. Default: normal.")
  @Nullable String priority;

  @Option(names = "--ttl", paramLabel = "SPAN", description = "How long the content is worth something: 500ms, 30s, 5m, 2h.")
  @Nullable String ttl;

  @Option(names = "--deadline", paramLabel = "TIME", description = "The same as a time: 2026-11-30T18:00:00+01:00.")
  @Nullable String deadline;

  @Option(names = "--order-key", paramLabel = "KEY", description = "Prompts with the same one are answered in order.")
  @Nullable String orderKey;

  @Option(names = "--campaign", paramLabel = "NAME", description = "A name that groups prompts.")
  @Nullable String campaign;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Whose prompt it is. Default: default.")
  @Nullable String tenant;

  /// @throws dev.penstock.producer.InvalidPromptException naming the option's field and what is allowed
  PromptDraft draft() {
    PromptDraft draft = new PromptDraft();
    set(draft, PromptField.MODEL, model);
    set(draft, PromptField.MODALITY, modality);
    set(draft, PromptField.TEMPLATE, template);
    set(draft, PromptField.SEED, seed);
    set(draft, PromptField.VARIANTS, variants);
    set(draft, PromptField.CANDIDATES, candidates);
    set(draft, PromptField.PRIORITY, priority);
    set(draft, PromptField.TTL, ttl);
    set(draft, PromptField.DEADLINE, deadline);
    set(draft, PromptField.ORDER_KEY, orderKey);
    set(draft, PromptField.CAMPAIGN, campaign);
    set(draft, PromptField.TENANT, tenant);
    parameters.forEach(draft::parameter);
    variables.forEach(draft::variable);
    return draft;
  }

  private static void set(PromptDraft draft, PromptField field, @Nullable String text) {
    if (text != null) draft.set(field, text);
  }
}
