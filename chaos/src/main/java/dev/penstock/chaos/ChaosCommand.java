package dev.penstock.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.cluster.SiteSettings;
import dev.penstock.chaos.fault.FaultKind;
import dev.penstock.chaos.report.Findings;
import dev.penstock.chaos.report.HtmlReport;
import dev.penstock.chaos.report.JsonReport;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.standalone.infrastructure.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `penstock chaos`.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Starts three brokers, a registry, a database, a sink and two instances of generator-stream, each a process of its",
      "own, keeps them under load, strikes them with faults at random, and recounts the topics. Leaves with 0 only if every",
      "guarantee held. Everything is on loopback, in a temporary folder that goes at the end."
    },
    footer = {"", "Example: penstock chaos --minutes 10 --seed 7 --json chaos.json --html chaos.html"})
public final class ChaosCommand implements PenstockCommand {

  private static final int INTERRUPTED = 130;
  private static final int SHOWN = 20;

  @Option(names = "--minutes", paramLabel = "N", description = "How long faults strike. Default: ${DEFAULT-VALUE}.")
  double minutes = 10;

  @Option(names = "--seed", paramLabel = "S", description = "Decides faults and prompts. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go.")
  @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Where the account with its timeline goes.")
  @Nullable Path html;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "Only these kinds: ${COMPLETION-CANDIDATES}. Default: all.")
  List<FaultKind> kinds = List.of();

  @Option(
      names = "--gap",
      paramLabel = "SECONDS",
      description = "The least time from the start of a fault to the start of the next. Default: ${DEFAULT-VALUE}.")
  int gapSeconds = 15;

  @Option(names = "--apart", description = "A fault starts only when the one before it has been over for 5 s.")
  boolean apart;

  @Option(names = "--rate", paramLabel = "N", description = "Prompts a second. Default: ${DEFAULT-VALUE}.")
  double rate = 3;

  @Option(names = "--set-size", paramLabel = "N", description = "How many different prompts. Default: ${DEFAULT-VALUE}.")
  int setSize = 200;

  @Option(names = "--instances", paramLabel = "N", description = "Instances of generator-stream. Default: ${DEFAULT-VALUE}.")
  int instances = 2;

  @Option(
      names = "--instance-set",
      paramLabel = "KEY=VALUE",
      description = "A setting of every instance, such as stream.threads=2. Repeatable.")
  Map<String, String> instanceSettings = new LinkedHashMap<>();

  @Option(
      names = "--broker-set",
      paramLabel = "KEY=VALUE",
      description = "A setting of every broker. Repeatable.")
  Map<String, String> brokerSettings = new LinkedHashMap<>();

  @Option(names = "--keep", paramLabel = "FOLDER", description = "Work in this folder, which must be empty, and leave it.")
  @Nullable Path keep;

  @Override
  public Integer call() throws IOException, SQLException {
    if (gapSeconds < 15) throw new UserError("--gap is %d, allowed is at least 15".formatted(gapSeconds));
    silenceKafka();
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals(INTERRUPTED);
    Path folder = folder();
    try {
      Site site = stop.add("site", Site.build(folder, new SiteSettings(instances, instanceSettings, brokerSettings)));
      Findings findings = new ChaosRun(site, plan(), System.out).run();
      report(findings);
      return findings.isGood() ? 0 : 1;
    } finally {
      stop.stop();
      if (keep == null) Folders.remove(folder);
    }
  }

  /// Its clients warn about every broker that is away, many times a second; here that is what is asked for.
  private static void silenceKafka() {
    if (LoggerFactory.getLogger("org.apache.kafka") instanceof Logger logger) logger.setLevel(Level.ERROR);
  }

  private Path folder() throws IOException {
    if (keep == null) return Files.createTempDirectory("penstock-chaos-");
    if (Files.exists(keep) && keep.toFile().list().length > 0) throw new UserError(keep + " is not empty");
    return Files.createDirectories(keep.toAbsolutePath());
  }

  private ChaosPlan plan() {
    return new ChaosPlan(
        Duration.ofMillis((long) (minutes * 60_000)),
        seed,
        kinds.isEmpty() ? Arrays.asList(FaultKind.values()) : kinds,
        Duration.ofSeconds(gapSeconds),
        Duration.ofSeconds(apart ? 0 : 6),
        !apart,
        rate,
        setSize);
  }

  private void report(Findings findings) throws IOException {
    System.out.println();
    findings.accountOfTopics().forEach((what, count) -> System.out.printf("%-24s %d%n", what, count));
    System.out.printf("%-24s %d%n", "faults", findings.strikes().size());
    findings
        .violations()
        .forEach(
            (figure, sentences) -> {
              System.out.printf("%-24s %d%n", figure, sentences.size());
              sentences.stream().limit(SHOWN).forEach(sentence -> System.out.println("  " + sentence));
            });
    findings
        .worstDelays()
        .forEach(
            (kind, delay) ->
                System.out.printf(
                    Locale.ROOT, "%-24s %d times, worst delay %.1f s%n", kind.figure(), findings.counts().get(kind),
                    delay.toMillis() / 1e3));
    findings.left().forEach(kind -> System.out.printf("%-24s not on this machine%n", kind.figure()));
    if (json != null) JsonReport.write(json, findings);
    if (html != null) HtmlReport.write(html, findings);
  }
}
