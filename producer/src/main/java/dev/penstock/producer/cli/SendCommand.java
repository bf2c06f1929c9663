package dev.penstock.producer.cli;

import dev.penstock.producer.InvalidPromptException;
import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptField;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.SentPrompt;
import dev.penstock.producer.answers.Answer;
import dev.penstock.producer.answers.AnswerReader;
import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.PromptRequested;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock send`: one prompt, and its answer if it is waited for.
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Sends one prompt; prints its id, or with --wait its content.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock send \"Write one short advertising slogan for a kettle.\" --wait",
      "  penstock send \"Write a product paragraph for a kettle.\" --stream",
      "  penstock send \"a red running sneaker\" --modality image --out sneaker.png",
      "  penstock send --model upscaler --picture small.png --out large.png",
      "  penstock send \"Three words about tea\" --param temperature=0.2 --ttl 5s",
      "  penstock send --template product-slogan --var product=\"a kettle\" --wait",
      "  id=$(penstock send - < prompt.txt) && penstock get $id",
    })
public final class SendCommand implements PenstockCommand {

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "What is wanted, in words; - reads standard input. Not with --template.")
  @Nullable String text;

  @Option(names = "--id", paramLabel = "ID", description = "The prompt's id, unique; a UUIDv7 if not given.")
  @Nullable String id;

  @Option(names = "--picture", paramLabel = "FILE", description = "A PNG or JPEG to work from, for models that take one; TEXT may be left out.")
  @Nullable Path pictureFile;

  @Mixin PromptOptions prompt = new PromptOptions();

  @Option(names = "--wait", description = "Wait for the answer and print it.")
  boolean waits;

  @Option(names = "--stream", description = "Print the text while it is written. Implies --wait.")
  boolean streams;

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      defaultValue = "2m",
      converter = TimeSpanConverter.class,
      description = "How long to wait. Default: ${DEFAULT-VALUE}.")
  Duration timeout = Duration.ofMinutes(2);

  @Option(names = "--out", paramLabel = "FILE", description = "Where the content goes, for example a picture. Implies --wait.")
  @Nullable Path outFile;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PromptRequested request = request();
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> waits || streams || outFile != null ? sendAndWait(cluster, request) : send(cluster, request));
  }

  private PromptRequested request() throws IOException {
    try {
      PromptDraft draft = prompt.draft();
      if (text != null) draft.set(PromptField.TEXT, words(text));
      if (pictureFile != null) draft.picture(read(pictureFile));
      if (id != null) draft.set(PromptField.PROMPT_ID, id);
      if (streams) draft.set(PromptField.STREAM, "true");
      PromptRequested request = draft.build();
      if (streams && (request.getVariants() > 1 || outFile != null))
        throw new UserError("--stream prints one text; leave --variants and --out away");
      return request;
    } catch (InvalidPromptException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static byte[] read(Path picture) {
    try {
      return Files.readAllBytes(picture);
    } catch (IOException e) {
      throw new UserError("--picture %s cannot be read: %s".formatted(picture, e.getMessage()), e);
    }
  }

  private static String words(String text) throws IOException {
    return text.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip() : text;
  }

  private int send(Cluster cluster, PromptRequested request) {
    SentPrompt sent = acknowledged(cluster, request);
    PrintWriter out = spec.commandLine().getOut();
    out.println(sent.promptId());
    out.flush();
    return 0;
  }

  private int sendAndWait(Cluster cluster, PromptRequested request) {
    PrintWriter err = spec.commandLine().getErr();
    // The readers stand at the end before the prompt is sent, so that its answer is behind them.
    try (AnswerReader answers =
        new AnswerReader(
            cluster.clients(), cluster.registry(), new ReadFrom.End(), e -> err.println(e.getMessage()))) {
      ContentBodies bodies = new ContentBodies(cluster.bodies());
      AnswerPrinter printer = new AnswerPrinter(bodies, spec.commandLine().getOut(), err, outFile);
      return streams
          ? streamed(cluster, request, answers, printer)
          : printer.print(answer(acknowledged(cluster, request), answers));
    }
  }

  private int streamed(Cluster cluster, PromptRequested request, AnswerReader answers, AnswerPrinter printer) {
    PrintWriter out = spec.commandLine().getOut();
    try (TopicReader<ContentChunk> chunks = TopicReader.ofChunks(cluster.clients(), cluster.registry(), new ReadFrom.End());
        LiveText live = new LiveText(chunks, request.getPromptId(), out, spec.commandLine().getErr())) {
      return printer.print(answer(acknowledged(cluster, request), answers), live);
    }
  }

  private Answer answer(SentPrompt sent, AnswerReader answers) {
    spec.commandLine().getErr().println("prompt " + sent.promptId());
    return answers
        .await(sent, timeout)
        .orElseThrow(
            () ->
                new UserError(
                    "prompt %s has not ended after %d s; ask again with: penstock get %s"
                        .formatted(sent.promptId(), timeout.toSeconds(), sent.promptId())));
  }

  private static SentPrompt acknowledged(Cluster cluster, PromptRequested request) {
    try (PromptSender sender = new PromptSender(cluster.clients(), cluster.registry())) {
      return sender.send(request).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : e;
    }
  }
}
