package dev.penstock.generatorstream;

import dev.penstock.generators.Input;
import dev.penstock.generatorstream.prompt.FilledTemplate;
import dev.penstock.generatorstream.templates.PromptTemplate;
import dev.penstock.generatorstream.templates.PromptTemplates;
import dev.penstock.generatorstream.templates.TemplateRefusal;
import dev.penstock.generatorstream.templates.TemplateVariable;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `penstock templates ...`. Needs no cluster: a template is filled here as an instance fills it.
@Command(
    name = "templates",
    description = "Lists prompt templates and tries them.",
    footer = {"", "Example: penstock templates try product-slogan --var product=\"a kettle\""})
public final class TemplatesCommand implements PenstockCommand {

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = "A folder of templates, searched before the bundled ones (templates.dir of the instances).")
  @Nullable Path folder;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public TemplatesCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(System.out);
    return 0;
  }

  private PromptTemplates templates() {
    return PromptTemplates.open(folder, System.getenv());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(name = "list", description = "The templates, their versions and their variables.")
  int list() {
    for (PromptTemplate template : templates().all()) {
      out().printf("%-28s %s%n", template.reference(), template.description());
      for (TemplateVariable variable : template.variables().values())
        out().printf("  %-26s %s%n", variable.name(), describe(variable));
    }
    out().flush();
    return 0;
  }

  private static String describe(TemplateVariable variable) {
    Object otherwise = variable.spec().defaultValue();
    String need = variable.isRequired() ? "required" : otherwise == null ? "optional" : "default " + otherwise;
    String words = variable.spec().description();
    return "%s, %s%s".formatted(variable.spec().allowed(), need, words.isEmpty() ? "" : ": " + words);
  }

  @Command(name = "try", description = "Prints the prompt that a template makes of variables; sends nothing.")
  int tryOut(
      @Parameters(paramLabel = "NAME", description = "name or name@version.") String name,
      @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A variable. Repeatable.")
          @Nullable Map<String, String> variables) {
    try {
      FilledTemplate filled =
          templates().named(name).fill(variables == null ? Map.of() : new LinkedHashMap<>(variables));
      spec.commandLine().getErr().println("template " + filled.reference());
      print(filled.input());
      return 0;
    } catch (TemplateRefusal e) {
      throw new UserError(e.reason() + ": " + e.sentence(), e);
    }
  }

  private void print(Input input) {
    switch (input) {
      case Input.Text text -> out().println(text.text());
      case Input.Chat chat -> chat.messages().forEach(m -> out().printf("%s: %s%n", m.role(), m.content()));
    }
    out().flush();
  }
}
