package dev.penstock.producer.deadletters;

import static dev.penstock.producer.deadletters.DeadLetterFilter.position;

import dev.penstock.producer.TimeSpan;
import dev.penstock.producer.cli.Cluster;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.schemas.DeadLetter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `penstock dead-letters replay`.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends dead letters again, after what made them fail was mended: the same prompts with their ids.",
      "",
      "A letter whose prompt ended since, or is under way again, is left out; so the command may be repeated. "
          + "Choose letters with the options, or all with --all."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock dead-letters replay --reason OBJECT_STORE_UNAVAILABLE --dry-run",
      "  penstock dead-letters replay --since 1h --rate 50",
      "  penstock dead-letters replay --id order-12 --ttl 10m",
      "  penstock dead-letters replay --all --json",
    })
final class ReplayCommand implements Callable<Integer> {

  @Mixin FilterOptions filter = new FilterOptions();

  @Option(names = "--all", description = "Without any other choice: all of them.")
  boolean all;

  @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
  boolean dryRun;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "The most letters a second; 0 is no bound. Default: ${DEFAULT-VALUE}.")
  int rate;

  @Option(
      names = "--ttl",
      paramLabel = "SPAN",
      description = "Give the prompts this long instead of the deadlines they had, which may be over.")
  @Nullable String ttl;

  @Option(names = "--json", description = "One JSON object a letter, and one with the counts at the end.")
  boolean json;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    DeadLetterFilter chosen = filter.filter();
    if (chosen.isAll() && !all) throw wrong("choose letters, for example with --reason, --since or --id; or take --all");
    if (rate < 0) throw wrong("--rate is %d, allowed is at least 0".formatted(rate));
    Duration span = span();
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> replay(cluster, chosen, span));
  }

  private @Nullable Duration span() {
    try {
      return ttl == null ? null : TimeSpan.parse(ttl);
    } catch (IllegalArgumentException e) {
      throw wrong("'%s' is no time span such as 500ms, 30s, 5m or 2h".formatted(ttl));
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private int replay(Cluster cluster, DeadLetterFilter chosen, @Nullable Duration span) {
    PrintWriter out = spec.commandLine().getOut();
    DeadLetters letters = DeadLettersCommand.of(cluster, spec.commandLine().getErr());
    ReplayPlan plan = ReplayPlan.of(letters, chosen);
    long sent = 0;
    if (dryRun) letters.forEach(chosen, received -> tell(received.value(), plan, out));
    else
      try (Replay replay = new Replay(letters, rate, span)) {
        sent = replay.send(chosen, plan, letter -> tell(letter, plan, out));
      }
    tellCounts(plan, sent, out);
    out.flush();
    return 0;
  }

  private void tell(DeadLetter letter, ReplayPlan plan, PrintWriter out) {
    ReplayVerdict verdict = plan.verdict(letter);
    if (json) out.println(LetterView.json(letter, Map.of("verdict", verdict.name())));
    else if (dryRun) out.printf("%s  %s  %s%n", position(letter.getSource()), letter.getPromptId(), verdict.words());
  }

  private void tellCounts(ReplayPlan plan, long sent, PrintWriter out) {
    if (json) {
      Map<String, Object> counts = new LinkedHashMap<>();
      counts.put("sent", sent);
      for (ReplayVerdict verdict : ReplayVerdict.values()) counts.put(verdict.name(), plan.count(verdict));
      out.println(LetterView.json(counts));
      return;
    }
    out.printf("%,d sent again%s%n", sent, dryRun ? " (dry run: %,d would be)".formatted(plan.count(ReplayVerdict.REPLAY)) : "");
    for (ReplayVerdict verdict : ReplayVerdict.values())
      if (verdict != ReplayVerdict.REPLAY && plan.count(verdict) > 0)
        out.printf("%,d left out: %s%n", plan.count(verdict), verdict.words());
  }
}
