package dev.penstock.producer.cli;

import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.answers.UnreadableRecordException;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `penstock watch`: content and outcomes as they come.
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Shows content and outcomes as they are committed, one line each, until it is stopped.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock watch",
      "  penstock watch --since 10m --campaign demo",
      "  penstock watch --limit 24",
    })
public final class WatchCommand implements PenstockCommand {

  private static final Duration POLL = Duration.ofMillis(100);

  @Option(
      names = "--since",
      paramLabel = "SPAN",
      converter = TimeSpanConverter.class,
      description = "Begin that far back: 30s, 10m, 2h. Default: now.")
  @Nullable Duration since;

  @Option(names = "--campaign", paramLabel = "NAME", description = "Only content of this campaign, and no outcomes.")
  @Nullable String campaign;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Only what belongs to this tenant.")
  @Nullable String tenant;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after this many lines.")
  long limit = Long.MAX_VALUE;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  private long shown;

  @Override
  public Integer call() throws Exception {
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> watch(cluster));
  }

  private int watch(Cluster cluster) {
    ReadFrom from = since == null ? new ReadFrom.End() : new ReadFrom.Since(Instant.now().minus(since));
    EventLines lines = new EventLines(new ContentBodies(cluster.bodies()));
    try (TopicReader<ContentGenerated> contents = TopicReader.ofContent(cluster.clients(), cluster.registry(), from);
        TopicReader<PromptOutcome> outcomes = TopicReader.ofOutcomes(cluster.clients(), cluster.registry(), from)) {
      while (shown < limit) {
        for (Received<ContentGenerated> received : poll(contents::poll))
          if (isWanted(received.value())) show(lines.of(received.value()));
        for (Received<PromptOutcome> received : poll(outcomes::poll))
          if (isWanted(received.value())) show(lines.of(received.value()));
      }
      return 0;
    }
  }

  private <T> List<Received<T>> poll(Function<Duration, List<Received<T>>> reader) {
    try {
      return reader.apply(POLL);
    } catch (UnreadableRecordException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return List.of();
    }
  }

  private boolean isWanted(ContentGenerated content) {
    return (campaign == null || campaign.equals(content.getCampaign()))
        && (tenant == null || tenant.equals(content.getTenant()));
  }

  private boolean isWanted(PromptOutcome outcome) {
    return campaign == null && (tenant == null || tenant.equals(outcome.getTenant()));
  }

  private void show(String line) {
    if (shown++ >= limit) return;
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
