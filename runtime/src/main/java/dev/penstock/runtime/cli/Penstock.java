package dev.penstock.runtime.cli;

import dev.penstock.runtime.UserError;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program. Its commands come from the modules.
@Command(
    name = "penstock",
    mixinStandardHelpOptions = true,
    version = "penstock 0.1.0",
    description = "Prompts in, generated content out: ONNX generators inside a Kafka Streams topology.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Start with: penstock demo"})
public final class Penstock implements Runnable {

  @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where an error came from.")
  boolean stacktrace;

  @picocli.CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  /// The command line with every command that is on the class path.
  public static CommandLine commandLine() {
    Penstock penstock = new Penstock();
    CommandLine line = new CommandLine(penstock);
    ServiceLoader.load(PenstockCommand.class).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler(
        (exception, failed, result) -> {
          if (!(exception instanceof UserError) || penstock.stacktrace) exception.printStackTrace(failed.getErr());
          failed.getErr().println("penstock: " + exception.getMessage());
          return 1;
        });
    return line;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }
}
