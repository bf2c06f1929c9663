package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.Priority;
import dev.penstock.generatorstream.admit.Admission;
import dev.penstock.generatorstream.ids.PromptIds;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.Cancellation;
import dev.penstock.generatorstream.prompt.Incoming;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Routed;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.generatorstream.route.Routing;
import dev.penstock.generatorstream.route.VariantEnd;
import dev.penstock.generatorstream.streams.CommitPace;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The durable inbox of one task. A prompt is put into the [InboxStore], so that its offset may be committed at once;
/// whenever the engine has finished something, it is forwarded and its entry deleted in one transaction.
///
/// Runs on the stream thread only and never waits: generations happen in the engine, whose completions lie on the
/// [TaskDesk] of this incarnation of the task. After a crash or a move of the task `init` finds the entries and
/// submits them again; what an old incarnation still finishes lies on a desk that nobody reads.
public final class InboxProcessor implements Processor<byte[], Incoming, byte[], Routed> {

  private static final Logger LOG = LoggerFactory.getLogger(InboxProcessor.class);
  private static final Duration HARVEST_INTERVAL = Duration.ofMillis(5);

  /// What one poll brings starts soon, even where the window is shorter.
  private static final int WINDOWS_KEPT_DECODED = 4;

  private final Admission admission;
  private final ServedModels models;
  private final Routing routing;
  private final Submission submission;
  private final InboxLimits limits;
  private final ThreadLocal<CommitPace> threadsPace;

  // Of one incarnation; set in init.
  private ProcessorContext<byte[], Routed> context;
  private InboxStore store;
  private PromptIds ids;
  private TaskDesk desk;
  private InboxIndex index;
  private Entrance entrance;
  private OrderKeys orderKeys;
  private RecentPrompts recent;
  private PromptReader prompts;
  private CommitPace commitPace;
  private @Nullable Cancellable punctuator;
  private Holdings holdings;
  private Exit exit;

  @SuppressWarnings("NullAway.Init")
  public InboxProcessor(
      Admission admission,
      ServedModels models,
      Routing routing,
      Submission submission,
      InboxLimits limits,
      ThreadLocal<CommitPace> threadsPace) {
    this.admission = admission;
    this.models = models;
    this.routing = routing;
    this.submission = submission;
    this.limits = limits;
    this.threadsPace = threadsPace;
  }

  @Override
  public void init(ProcessorContext<byte[], Routed> context) {
    this.context = context;
    store = context.getStateStore(Operators.INBOX_STORE);
    store.use();
    ids = context.getStateStore(Operators.IDS_STORE);
    ids.load();
    desk = new TaskDesk();
    index = new InboxIndex();
    entrance = new Entrance(index, ids, limits);
    orderKeys = new OrderKeys();
    recent = new RecentPrompts(WINDOWS_KEPT_DECODED * limits.window());
    prompts = new PromptReader(admission, models, store, recent);
    commitPace = threadsPace.get();
    punctuator = null;
    holdings = new Holdings(limits);
    exit = new Exit(context, routing, store, ids, index, orderKeys, recent, holdings);
    takeUp();
    // Nothing may be forwarded before all operators are initialised, so the first feed is the punctuator's.
    if (index.waiting() > 0) arm();
  }

  /// Finds what a former incarnation left behind. What a later version of this program wrote stays as it is, for an
  /// instance of that version.
  private void takeUp() {
    long[] sentMillis = {0};
    int[] later = {0};
    store.forEach(
        (offset, entry, ended) -> {
          if (StoredPrompt.isLater(entry)) {
            later[0]++;
            holdings.came();
            return;
          }
          // Bodies are not read here but for a few: neighbours are about as old.
          if (sentMillis[0] == 0 || holdings.count() % 1_000 == 0)
            sentMillis[0] = StoredPrompt.fromBytes(entry).source().timestampMillis();
          holdings.came(offset, sentMillis[0]);
          queue(prompts.pending(offset, entry, ended));
        });
    if (later[0] > 0)
      LOG.atWarn().addKeyValue("task", context.taskId()).addKeyValue("prompts", later[0])
          .log("a later version of this program wrote prompts into the inbox; they wait for an instance of it");
  }

  @Override
  public void process(Record<byte[], Incoming> record) {
    switch (record.value()) {
      case AdmittedPrompt prompt -> takeIn(prompt);
      case Cancellation cancellation -> takeBack(cancellation);
    }
    feed();
  }

  private void takeIn(AdmittedPrompt prompt) {
    Entrance.Closed closed = entrance.check(prompt, now());
    if (closed != null) {
      turnAway(prompt, closed);
      return;
    }
    StoredPrompt stored = StoredPrompt.of(prompt);
    store.put(stored);
    holdings.came(prompt.source().offset(), prompt.source().timestampMillis());
    recent.put(prompt);
    queue(stored.pending(List.of()));
    if (desk.isCrowded()) harvest();
  }

  private void turnAway(AdmittedPrompt prompt, Entrance.Closed closed) {
    commitPace.somethingForwarded();
    context.forward(
        routing.refused(
            prompt.source(), prompt.request(), closed.outcome(), closed.reason(), closed.sentence(), now()),
        Operators.OUTCOMES);
    ids.ended(prompt, closed.outcome(), now());
  }

  /// Ends a prompt that waits or runs, in the transaction that takes the cancellation in; keeps the cancellation if the
  /// prompt has not come. What has ended stays as it is.
  private void takeBack(Cancellation cancellation) {
    if (desk.hasLandings()) harvest();
    long offset = index.offsetOf(cancellation.idHash());
    if (offset < 0) {
      if (ids.fateOf(cancellation.idHash(), now()) == null) ids.remember(cancellation, now());
      return;
    }
    AdmittedPrompt prompt = prompts.toEnd(offset);
    String tenant = cancellation.tenant();
    if (tenant != null && !tenant.equals(prompt.request().getTenant())) return;
    int running = desk.callBack(offset);
    index.returned(prompt.idHash(), offset, Integer.bitCount(running));
    int open = running | index.takeWaiting(prompt.idHash(), offset);
    String reason = cancellation.reason();
    end(
        prompt,
        open,
        VariantEnd.Kind.CANCELLED,
        "CANCELLED",
        reason == null ? "the prompt was taken back" : "the prompt was taken back: " + reason);
  }

  /// Lines a prompt up, unless an earlier one with the same order key has to end first.
  private void queue(Pending prompt) {
    index.add(prompt, orderKeys.mayStart(prompt));
  }

  /// Hands the engine what comes first, each priority up to its window, so that an urgent prompt behind a million
  /// bulk ones starts at once.
  private void feed() {
    for (Priority priority : Priority.values())
      while (index.has(priority) && desk.inFlight(priority) < limits.window()) submit(index.poll(priority));
    if (desk.inFlight() > 0 || commitPace.isDue()) arm();
  }

  private void submit(InboxIndex.Entry entry) {
    AdmittedPrompt prompt = prompts.toRun(entry.offset());
    if (prompt != null) {
      submission.submit(prompt, entry.variant(), desk);
      return;
    }
    AdmittedPrompt gone = prompts.toEnd(entry.offset());
    index.returned(gone.idHash(), entry.offset(), 1);
    String sentence = "the model version this prompt was admitted for is not served here any more";
    end(gone, 1 << entry.variant(), VariantEnd.Kind.BROKEN, "MODEL_GONE", sentence);
  }

  /// Ends what is too late, within a time bound: a million may be so at once. What is passed over until the next time
  /// ends in the engine at the latest, before it costs a step.
  private void expire() {
    HarvestBudget budget = HarvestBudget.start();
    while (index.hasExpired(now()) && !budget.isSpent()) expire(index.pollExpired());
  }

  private void expire(InboxIndex.Expired expired) {
    String sentence = "the deadline passed while the prompt was waiting";
    end(prompts.toEnd(expired.offset()), expired.variants(), VariantEnd.Kind.EXPIRED, "EXPIRED", sentence);
  }

  /// Ends variants that have no content.
  ///
  /// @param variants bit v for variant v
  private void end(AdmittedPrompt prompt, int variants, VariantEnd.Kind kind, String reason, String sentence) {
    commitPace.somethingForwarded();
    for (int variant = 0; variant < Pending.MOST_VARIANTS; variant++)
      if ((variants & 1 << variant) != 0)
        exit.end(prompt, new VariantEnd.Failed(variant, kind, reason, sentence, List.of()));
  }

  private void punctuate(long nowMillis) {
    harvest();
    expire();
    feed();
    if (commitPace.mayCommit(desk.inFlight() == 0)) context.commit();
    if (desk.inFlight() == 0 && index.waiting() == 0 && !commitPace.isDue()) disarm();
  }

  /// Forwards what is finished, within a time bound, so that polling and commits are never late.
  private void harvest() {
    HarvestBudget budget = HarvestBudget.start();
    while (!budget.isSpent()) {
      TaskDesk.Finished finished = desk.poll();
      if (finished == null) return;
      commitPace.resultForwarded(finished.tookNanos());
      index.returned(finished.prompt().idHash(), finished.prompt().source().offset(), 1);
      switch (finished) {
        case TaskDesk.Made made -> {
          context.forward(
              routing.content(made.prompt(), made.variant(), made.content(), now()), Operators.CONTENT);
          exit.end(made.prompt(), new VariantEnd.Made(made.variant()));
        }
        case TaskDesk.Failed failed -> exit.end(failed.prompt(), VariantEnd.of(failed.variant(), failed.cause()));
      }
    }
  }

  private long now() {
    return context.currentSystemTimeMs();
  }

  /// A punctuator that fires commits, so there is one only while there is work.
  private void arm() {
    if (punctuator == null)
      punctuator = context.schedule(HARVEST_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::punctuate);
  }

  private void disarm() {
    if (punctuator != null) punctuator.cancel();
    punctuator = null;
  }

  /// The task moves away or ends. Kafka Streams keeps scheduled punctuators over a suspension, so ours is cancelled.
  @Override
  public void close() {
    disarm();
    desk.close();
    holdings.close();
  }
}
