package dev.penstock.producer.cli;

import dev.penstock.producer.answers.Answer;
import dev.penstock.producer.answers.AnswerReader;
import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock get`: the answer to one prompt.
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what was generated for a prompt; waits if it has not ended yet.",
      "",
      "Text goes to standard output, how the prompt ended to standard error."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock get 019abc3e-7c00-7d11-8c3e-0a5b1c2d3e4f",
      "  penstock get 019abc3e-7c00-7d11-8c3e-0a5b1c2d3e4f --out sneaker.png",
      "  penstock get order-12 --timeout 5m",
    })
public final class GetCommand implements PenstockCommand {

  @Parameters(paramLabel = "ID", description = "The prompt's id.")
  String id = "";

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      defaultValue = "30s",
      converter = TimeSpanConverter.class,
      description = "How long to wait. Default: ${DEFAULT-VALUE}.")
  Duration timeout = Duration.ofSeconds(30);

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the content goes, for example a picture; further variants get -1, -2 ... in their names.")
  @Nullable Path outFile;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> get(cluster));
  }

  private int get(Cluster cluster) {
    PrintWriter err = spec.commandLine().getErr();
    try (AnswerReader answers =
        new AnswerReader(
            cluster.clients(), cluster.registry(), AnswerReader.since(id), e -> err.println(e.getMessage()))) {
      Answer answer = answers.await(id, timeout).orElseThrow(this::noAnswer);
      ContentBodies bodies = new ContentBodies(cluster.bodies());
      return new AnswerPrinter(bodies, spec.commandLine().getOut(), err, outFile).print(answer);
    }
  }

  private UserError noAnswer() {
    return new UserError(
        "no outcome of prompt %s is on %s after %d s; it is still on its way, or nobody sent it"
            .formatted(id, dev.penstock.schemas.Topic.OUTCOMES.topicName(), timeout.toSeconds()));
  }
}
