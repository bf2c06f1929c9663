package dev.penstock.producer.cli;

import dev.penstock.producer.InvalidPromptException;
import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.campaign.CampaignFailure;
import dev.penstock.producer.campaign.CampaignFile;
import dev.penstock.producer.campaign.CampaignRow;
import dev.penstock.producer.campaign.CampaignRun;
import dev.penstock.producer.campaign.TextTemplate;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.schemas.PromptOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `penstock campaign`: a file of prompts, checked as a whole before the first is sent.
@Command(
    name = "campaign",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a file of prompts, one row each, and waits for the answers.",
      "",
      "The file is CSV with a header, or has one JSON object a line. Columns are the fields of a prompt (promptId, "
          + "tenant, campaign, text, template, modality, model, seed, variants, candidates, priority, deadline, ttl, orderKey, "
          + "stream, rerollOf), param.NAME for a parameter of the model and var.NAME for a variable of the template. Options are what rows without a value take. "
          + "A row with modality text+image+audio asks for all three; image.text, audio.param.speed are for one of them. "
          + "Nothing is sent unless every row is good."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock campaign examples/campaign.csv",
      "  penstock campaign products.csv --text \"A short slogan for {product}.\"",
      "  penstock campaign products.csv --template product-slogan   (columns var.product, var.audience)",
      "  penstock campaign prompts.jsonl --skip-bad --rate 50 --no-wait",
    })
public final class CampaignCommand implements PenstockCommand {

  private static final int MOST_LINES_SHOWN = 20;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  @Parameters(paramLabel = "FILE", description = "A .csv, .tsv, .jsonl or .ndjson file, UTF-8.")
  Path file = Path.of("");

  @Option(names = "--text", paramLabel = "TEMPLATE", description = "The prompt, with {column} for the value of a column.")
  @Nullable String text;

  @Mixin PromptOptions prompt = new PromptOptions();

  @Option(names = "--rate", paramLabel = "N", description = "Send at most this many prompts a second.")
  double rate = Double.POSITIVE_INFINITY;

  @Option(names = "--skip-bad", description = "Send the good rows even if others have mistakes.")
  boolean skipBad;

  @Option(names = "--dry-run", description = "Only check the file.")
  boolean dryRun;

  @Option(names = "--no-wait", description = "Return when everything is sent, without waiting for answers.")
  boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SPAN",
      defaultValue = "10m",
      converter = TimeSpanConverter.class,
      description = "How long to wait after the last answer for the next. Default: ${DEFAULT-VALUE}.")
  Duration timeout = Duration.ofMinutes(10);

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (!(rate > 0)) throw new ParameterException(spec.commandLine(), "--rate is " + rate + ", allowed is more than 0");
    CampaignFile campaign = new CampaignFile(file, defaults(), text == null ? null : new TextTemplate(text));
    long good = check(campaign);
    if (dryRun) {
      err().println("%d rows are good, nothing was sent".formatted(good));
      return 0;
    }
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> run(cluster, campaign, good));
  }

  private PromptDraft defaults() {
    try {
      return prompt.draft();
    } catch (InvalidPromptException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /// @return how many rows are good
  /// @throws UserError if others are not and nobody said to skip them
  private long check(CampaignFile campaign) {
    long[] goodAndBad = new long[2];
    campaign.read(
        row -> {
          switch (row) {
            case CampaignRow.Good good -> goodAndBad[0]++;
            case CampaignRow.Bad bad -> {
              if (goodAndBad[1]++ < MOST_LINES_SHOWN) err().println(Printable.text(describe(bad)));
            }
          }
        });
    if (goodAndBad[1] > MOST_LINES_SHOWN) err().println("and %d more".formatted(goodAndBad[1] - MOST_LINES_SHOWN));
    if (goodAndBad[1] > 0 && !skipBad)
      throw new UserError(
          "%d of %d rows of %s are wrong, nothing was sent; mend them, or send the others with --skip-bad"
              .formatted(goodAndBad[1], goodAndBad[0] + goodAndBad[1], file));
    return goodAndBad[0];
  }

  private String describe(CampaignRow.Bad bad) {
    return "%s line %d: %s".formatted(file, bad.line(), String.join("; ", bad.problems()));
  }

  private int run(Cluster cluster, CampaignFile campaign, long total) throws InterruptedException {
    ProgressLine line = new ProgressLine(err(), total, Boolean.getBoolean("penstock.terminal"), !noWait);
    TopicReader<PromptOutcome> outcomes =
        noWait ? null : TopicReader.ofOutcomes(cluster.clients(), cluster.registry(), new ReadFrom.End());
    try (PromptSender sender = new PromptSender(cluster.clients(), cluster.registry());
        CampaignRun run = new CampaignRun(sender, outcomes, rate)) {
      campaign.read(
          row -> {
            if (row instanceof CampaignRow.Good good) run.send(good);
            line.show(run.progress());
          });
      run.flush();
      awaitAnswers(run, line);
      line.end(run.progress());
      return report(run);
    }
  }

  private void awaitAnswers(CampaignRun run, ProgressLine line) throws InterruptedException {
    long answered = -1;
    long giveUpNanos = 0;
    while (run.unanswered() > 0) {
      if (run.progress().answered() != answered) {
        answered = run.progress().answered();
        giveUpNanos = System.nanoTime() + timeout.toNanos();
      }
      if (System.nanoTime() - giveUpNanos > 0) return;
      line.show(run.progress());
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /// @return the exit code: 0 if every prompt has its content, or nobody waits for it
  private int report(CampaignRun run) {
    for (CampaignFailure failure : run.failures().stream().limit(MOST_LINES_SHOWN).toList())
      err().println(Printable.text(describe(failure)));
    int left = run.unanswered();
    if (left > 0)
      err().println(
          "%d prompts have no answer %d s after the last one; is a generator-stream running?"
              .formatted(left, timeout.toSeconds()));
    return left > 0 || !run.failures().isEmpty() ? 1 : 0;
  }

  private String describe(CampaignFailure failure) {
    var outcome = failure.outcome();
    String reason = outcome.getReason() == null ? "" : " " + outcome.getReason();
    String message = outcome.getMessage() == null ? "" : ": " + outcome.getMessage();
    return "%s line %d, prompt %s: %s%s%s"
        .formatted(file, failure.line(), outcome.getPromptId(), outcome.getOutcome(), reason, message);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
