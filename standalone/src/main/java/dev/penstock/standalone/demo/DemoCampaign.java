package dev.penstock.standalone.demo;

import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.campaign.CampaignFile;
import dev.penstock.producer.campaign.CampaignRow;
import dev.penstock.producer.campaign.CampaignRun;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.ProgressBar;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The prompts of campaign files, sent and waited for.
///
/// @param rows in the files' order
record DemoCampaign(List<CampaignRow.Good> rows) {

  /// The slowest prompt of the demo needs seconds; longer silence means that something is broken.
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  DemoCampaign {
    rows = List.copyOf(rows);
  }

  /// @throws UserError if a file cannot be read or a row is wrong
  static DemoCampaign read(List<Path> files) {
    List<CampaignRow.Good> rows = new ArrayList<>();
    for (Path file : files)
      new CampaignFile(file, new PromptDraft(), null)
          .read(
              row -> {
                switch (row) {
                  case CampaignRow.Good good -> rows.add(good);
                  case CampaignRow.Bad bad ->
                      throw new UserError("%s line %d: %s".formatted(file, bad.line(), String.join("; ", bad.problems())));
                }
              });
    return new DemoCampaign(rows);
  }

  /// Returns when every prompt has its outcome, or none came for too long.
  void run(KafkaClients clients, SchemaRegistry registry, PrintStream out) throws InterruptedException {
    try (PromptSender sender = new PromptSender(clients, registry);
        CampaignRun run =
            new CampaignRun(
                sender, TopicReader.ofOutcomes(clients, registry, new ReadFrom.End()), Double.POSITIVE_INFINITY);
        ProgressBar bar = new ProgressBar(out)) {
      rows.forEach(run::send);
      run.flush();
      await(run, bar);
    }
  }

  private void await(CampaignRun run, ProgressBar bar) throws InterruptedException {
    long answered = -1;
    long giveUp = 0;
    while (run.unanswered() > 0) {
      if (run.progress().answered() != answered) {
        answered = run.progress().answered();
        giveUp = System.nanoTime() + LONGEST_SILENCE.toNanos();
      }
      if (System.nanoTime() - giveUp > 0) return;
      bar.at("%d prompts sent, answered".formatted(rows.size()), answered, rows.size());
      Thread.sleep(BETWEEN_LOOKS);
    }
    bar.at("%d prompts sent, answered".formatted(rows.size()), rows.size(), rows.size());
  }
}
