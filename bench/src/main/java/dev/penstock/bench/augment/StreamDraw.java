package dev.penstock.bench.augment;

import dev.penstock.producer.PromptDraft;
import dev.penstock.producer.PromptField;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.producer.cli.Cluster;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.ProgressBar;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sends prompts to the stream and puts what comes back into a folder. One thread.
final class StreamDraw {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Cluster cluster;
  private final LabelledFolder folder;
  private final Duration patience;

  /// @param patience how long to wait after the last content for the next
  StreamDraw(Cluster cluster, LabelledFolder folder, Duration patience) {
    this.cluster = cluster;
    this.folder = folder;
    this.patience = patience;
  }

  /// A picture that is wanted.
  ///
  /// @param parameters of the model, as text
  record Wish(String label, long seed, String text, Map<String, String> parameters) {

    PromptRequested prompt(String model) {
      PromptDraft draft = new PromptDraft().set(PromptField.TEXT, text).set(PromptField.MODEL, model)
          .set(PromptField.SEED, Long.toString(seed)).set(PromptField.PRIORITY, "bulk").set(PromptField.CAMPAIGN, "augment");
      parameters.forEach(draft::parameter);
      return draft.build();
    }
  }

  /// Returns when every wish is in the folder. The readers stand at the end before the first prompt is sent, so that its
  /// answer is behind them.
  ///
  /// @throws UserError if a prompt ends without content, or nothing comes for too long; what has come stays in the folder
  void draw(String model, List<Wish> wishes, ProgressBar bar) throws IOException {
    Map<String, Wish> open = new HashMap<>();
    ReadFrom end = new ReadFrom.End();
    try (TopicReader<ContentGenerated> contents = TopicReader.ofContent(cluster.clients(), cluster.registry(), end);
        TopicReader<PromptOutcome> outcomes = TopicReader.ofOutcomes(cluster.clients(), cluster.registry(), end);
        PromptSender sender = new PromptSender(cluster.clients(), cluster.registry())) {
      for (Wish wish : wishes) {
        PromptRequested prompt = wish.prompt(model);
        open.put(prompt.getPromptId(), wish);
        sender.send(prompt);
      }
      sender.flush();
      collect(contents, outcomes, open, wishes.size(), bar);
    }
  }

  private void collect(
      TopicReader<ContentGenerated> contents,
      TopicReader<PromptOutcome> outcomes,
      Map<String, Wish> open,
      int all,
      ProgressBar bar)
      throws IOException {
    ContentBodies bodies = new ContentBodies(cluster.bodies());
    long giveUp = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty()) {
      bar.at("pictures from the stream", all - open.size(), all);
      for (Received<ContentGenerated> received : contents.poll(POLL)) {
        Wish wish = open.remove(received.value().getPromptId());
        if (wish == null) continue;
        folder.add(entry(received.value(), wish), bodies.of(received.value()));
        giveUp = System.nanoTime() + patience.toNanos();
      }
      for (Received<PromptOutcome> received : outcomes.poll(Duration.ZERO)) refuseFailure(received.value(), open);
      if (System.nanoTime() - giveUp > 0)
        throw new UserError(
            "%d of %d pictures have not come, and none for %d s; is a generator-stream with the model running?"
                .formatted(open.size(), all, patience.toSeconds())
                + " Run the same command again to go on.");
    }
    bar.at("pictures from the stream", all, all);
  }

  private static void refuseFailure(PromptOutcome outcome, Map<String, Wish> open) {
    String ended = outcome.getOutcome().toString();
    if (!open.containsKey(outcome.getPromptId()) || ended.equals("COMPLETED") || ended.equals("PARTIAL")) return;
    throw new UserError(
        "prompt %s ended as %s %s: %s"
            .formatted(outcome.getPromptId(), ended, outcome.getReason(), outcome.getMessage()));
  }

  private static LabelledFolder.Entry entry(ContentGenerated content, Wish wish) {
    String ending = content.getMediaType().replaceFirst(".*/", "").replaceFirst("[^a-z0-9].*", "");
    return new LabelledFolder.Entry(
        "%s/%d.%s".formatted(wish.label(), wish.seed(), ending), wish.label(), wish.seed(),
        content.getModel().getName(), content.getModel().getVersion(), content.getModel().getDigest(), content.getPromptId());
  }
}
