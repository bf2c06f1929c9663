package dev.penstock.producer.deadletters;

import dev.penstock.producer.cli.Cluster;
import dev.penstock.producer.cli.Printable;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.FramingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock dead-letters show`.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Prints a dead letter with its causes, key, headers and, if it can be read, the prompt.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock dead-letters show penstock.prompts.v1-3@17",
      "  penstock dead-letters show 019abc3e-7c00-7d11-8c3e-0a5b1c2d3e4f",
      "  penstock dead-letters show penstock.prompts.v1-3@17 --value value.bin",
    })
final class ShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SOURCE|ID", description = "Where the prompt record lies (TOPIC-PARTITION@OFFSET), or the prompt's id.")
  String which = "";

  @Option(names = "--value", paramLabel = "FILE", description = "Writes the record's value there, byte for byte.")
  @Nullable Path valueFile;

  @Option(names = "--json", description = "One JSON object, with key, headers and value in base64.")
  boolean json;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  private @Nullable DeadLetter found;

  @Override
  public Integer call() throws Exception {
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> show(cluster));
  }

  /// The last one of a prompt's.
  private int show(Cluster cluster) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    DeadLetters letters = DeadLettersCommand.of(cluster, spec.commandLine().getErr());
    letters.forEach(filter(), received -> found = received.value());
    DeadLetter letter = found;
    if (letter == null)
      throw new UserError(
          "no dead letter of %s is on %s; name a position such as penstock.prompts.v1-3@17, or a prompt id"
              .formatted(which, Topic.DEAD_LETTERS.topicName()));
    if (json) out.println(LetterView.wholeJson(letter));
    else print(letter, new AvroDeserializer<>(cluster.registry(), Topic.PROMPTS), out);
    out.flush();
    ByteBuffer value = letter.getValue();
    if (valueFile != null) Files.write(valueFile, value == null ? new byte[0] : Replay.bytes(value));
    return 0;
  }

  private DeadLetterFilter filter() {
    boolean isPosition = which.matches(".+-\\d+@\\d+");
    return isPosition
        ? new DeadLetterFilter(null, null, Set.of(), null, null, new FilterOptions.SourceConverter().convert(which))
        : new DeadLetterFilter(null, null, Set.of(), null, which, null);
  }

  private static void print(DeadLetter letter, AvroDeserializer<PromptRequested> prompts, PrintWriter out) {
    LetterView.lines(letter).forEach(out::println);
    try {
      out.println("prompt     " + Printable.text(Replay.promptOf(prompts, letter).toString()));
    } catch (FramingException e) {
      out.println("prompt     cannot be read: " + e.getMessage());
    }
  }
}
