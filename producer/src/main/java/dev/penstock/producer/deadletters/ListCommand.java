package dev.penstock.producer.deadletters;

import dev.penstock.producer.cli.Cluster;
import dev.penstock.runtime.cli.SettingsOptions;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `penstock dead-letters list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Prints one line for each dead letter: when it failed, why, whose it is, where its prompt lies.",
      "",
      "How many there are of each reason goes to standard error."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock dead-letters list",
      "  penstock dead-letters list --since 2h --tenant acme --reason POISON,CRASHED_THE_PROCESS",
      "  penstock dead-letters list --source penstock.prompts.v1-3 --json | jq .promptId",
    })
final class ListCommand implements Callable<Integer> {

  @Mixin FilterOptions filter = new FilterOptions();

  @Option(names = "--limit", paramLabel = "N", description = "Print at most this many; all are counted.")
  long limit = Long.MAX_VALUE;

  @Option(names = "--json", description = "One JSON object a line.")
  boolean json;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  private long found;

  @Override
  public Integer call() throws Exception {
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> list(cluster));
  }

  private int list(Cluster cluster) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Map<String, Long> reasons = new TreeMap<>();
    DeadLettersCommand.of(cluster, err)
        .forEach(
            filter.filter(),
            received -> {
              var letter = received.value();
              reasons.merge(letter.getReason(), 1L, Long::sum);
              if (found++ < limit) out.println(json ? LetterView.json(letter, Map.of()) : LetterView.line(letter));
            });
    out.flush();
    err.printf("%,d dead letters%s%n", found, found == 0 ? "" : ": " + words(reasons));
    return 0;
  }

  private static String words(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .map(reason -> "%s %,d".formatted(reason.getKey(), reason.getValue()))
        .collect(Collectors.joining(", "));
  }
}
