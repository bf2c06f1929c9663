package dev.penstock.producer.deadletters;

import dev.penstock.producer.cli.Cluster;
import dev.penstock.runtime.cli.PenstockCommand;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `penstock dead-letters`.
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and sends again the prompts that could not be read or generated.",
    synopsisSubcommandLabel = "(list | show | replay)",
    subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock dead-letters list --since 2h --reason POISON",
      "  penstock dead-letters show penstock.prompts.v1-3@17",
      "  penstock dead-letters replay --reason MODEL_GONE --dry-run",
      "  penstock dead-letters replay --since 1h --rate 50",
    })
public final class DeadLettersCommand implements PenstockCommand {

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  static DeadLetters of(Cluster cluster, PrintWriter err) {
    return new DeadLetters(cluster.clients(), cluster.registry(), e -> err.println(e.getMessage()));
  }
}
