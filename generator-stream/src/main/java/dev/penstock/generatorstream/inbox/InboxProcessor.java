package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.Priority;
import dev.penstock.generatorstream.admit.Admission;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Routed;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.generatorstream.route.Routing;
import dev.penstock.generatorstream.route.VariantEnd;
import dev.penstock.generatorstream.streams.CommitPace;
import dev.penstock.schemas.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// The durable inbox of one task. A prompt is put into the [InboxStore], so that its offset may be committed at once;
/// whenever the engine has finished something, it is forwarded and its entry deleted in one transaction.
///
/// Runs on the stream thread only and never waits: generations happen in the engine, whose completions lie on the
/// [TaskDesk] of this incarnation of the task. After a crash or a move of the task `init` finds the entries and
/// submits them again; what an old incarnation still finishes lies on a desk that nobody reads.
public final class InboxProcessor implements Processor<byte[], AdmittedPrompt, byte[], Routed> {

  private static final Duration HARVEST_INTERVAL = Duration.ofMillis(5);

  private final Admission admission;
  private final ServedModels models;
  private final Routing routing;
  private final Submission submission;
  private final InboxLimits limits;
  private final ThreadLocal<CommitPace> threadsPace;

  // Of one incarnation; set in init.
  private ProcessorContext<byte[], Routed> context;
  private InboxStore store;
  private TaskDesk desk;
  private InboxIndex index;
  private OrderKeys orderKeys;
  private RecentPrompts recent;
  private CommitPace commitPace;
  private @Nullable Cancellable punctuator;
  private long held;

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
    desk = new TaskDesk();
    index = new InboxIndex();
    orderKeys = new OrderKeys();
    recent = new RecentPrompts(limits.window());
    commitPace = threadsPace.get();
    punctuator = null;
    held = 0;
    takeUp();
    // Nothing may be forwarded before all operators are initialised, so the first feed is the punctuator's.
    if (index.size() > 0) arm();
  }

  /// Finds what a former incarnation left behind.
  private void takeUp() {
    store.forEach(
        (prompt, ended) -> {
          held++;
          queue(Pending.of(prompt, ended));
        });
    limits.entries().addAndGet(held);
  }

  @Override
  public void process(Record<byte[], AdmittedPrompt> record) {
    AdmittedPrompt prompt = record.value();
    if (limits.isFull()) {
      refuseBecauseFull(prompt);
      return;
    }
    StoredPrompt stored = StoredPrompt.of(prompt);
    store.put(stored);
    held++;
    limits.entries().incrementAndGet();
    recent.put(prompt);
    queue(Pending.of(stored, List.of()));
    if (desk.isCrowded()) harvest();
    feed();
  }

  private void refuseBecauseFull(AdmittedPrompt prompt) {
    String sentence = "%d prompts are waiting already; send it again later".formatted(limits.entries().get());
    context.forward(
        routing.refused(
            prompt.source(), prompt.request(), Outcome.REJECTED, "INBOX_FULL", sentence, now()),
        Operators.OUTCOMES);
  }

  /// Lines a prompt up, unless an earlier one with the same order key has to end first.
  private void queue(Pending prompt) {
    if (orderKeys.mayStart(prompt)) ready(prompt);
  }

  private void ready(Pending prompt) {
    for (int variant : prompt.variants())
      index.add(prompt.offset(), variant, prompt.priority(), prompt.deadlineMillis());
  }

  /// Hands the engine what comes first, each priority up to its window, so that an urgent prompt behind a million
  /// bulk ones starts at once.
  private void feed() {
    while (index.hasExpired(now())) expire(index.pollExpired());
    for (Priority priority : Priority.values())
      while (index.has(priority) && desk.inFlight(priority) < limits.window()) submit(index.poll(priority));
    if (desk.inFlight() > 0 || commitPace.isDue()) arm();
  }

  private void submit(InboxIndex.Entry entry) {
    AdmittedPrompt prompt = recent.get(entry.offset());
    if (prompt == null) prompt = readBack(entry);
    if (prompt != null) submission.submit(prompt, entry.variant(), desk);
  }

  /// Reads a prompt from the store; one that cannot be served any more ends here.
  private @Nullable AdmittedPrompt readBack(InboxIndex.Entry entry) {
    StoredPrompt stored = store.get(entry.offset());
    var model = models.byDigest(stored.modelDigest());
    if (model.isPresent())
      return admission.readmit(
          stored.source(), model.get(), stored.seed(), stored.priority(), stored.deadlineMillis(), stored.template());
    String sentence = "the model version this prompt was admitted for is not served here any more";
    end(readAs(stored), failure(entry, VariantEnd.Kind.BROKEN, "MODEL_GONE", sentence));
    return null;
  }

  private void expire(InboxIndex.Entry entry) {
    String sentence = "the deadline passed while the prompt was waiting";
    AdmittedPrompt prompt = recent.get(entry.offset());
    end(
        prompt != null ? prompt : readAs(store.get(entry.offset())),
        failure(entry, VariantEnd.Kind.EXPIRED, "EXPIRED", sentence));
  }

  /// A stored prompt for the record of its end only: its model may be gone, its parameters do not matter any more.
  private AdmittedPrompt readAs(StoredPrompt stored) {
    return new AdmittedPrompt(
        stored.source(),
        admission.request(stored.source()),
        models.byDigest(stored.modelDigest()).orElse(models.models().getFirst()),
        Map.of(),
        stored.seed(),
        stored.priority(),
        stored.deadlineMillis(),
        stored.template());
  }

  private static VariantEnd.Failed failure(
      InboxIndex.Entry entry, VariantEnd.Kind kind, String reason, String sentence) {
    return new VariantEnd.Failed(entry.variant(), kind, reason, sentence, List.of());
  }

  private void punctuate(long nowMillis) {
    harvest();
    feed();
    if (commitPace.mayCommit(desk.inFlight() == 0)) context.commit();
    if (desk.inFlight() == 0 && index.size() == 0 && !commitPace.isDue()) disarm();
  }

  /// Forwards what is finished, within a time bound, so that polling and commits are never late.
  private void harvest() {
    HarvestBudget budget = HarvestBudget.start();
    while (!budget.isSpent()) {
      TaskDesk.Finished finished = desk.poll();
      if (finished == null) return;
      switch (finished) {
        case TaskDesk.Made made -> {
          context.forward(
              routing.content(made.prompt(), made.variant(), made.content(), now()), Operators.CONTENT);
          end(made.prompt(), new VariantEnd.Made(made.variant()));
        }
        case TaskDesk.Failed failed -> end(failed.prompt(), VariantEnd.of(failed.variant(), failed.cause()));
      }
    }
  }

  /// Notes that a variant ended; with the last one the prompt's outcome leaves and its entry goes.
  private void end(AdmittedPrompt prompt, VariantEnd end) {
    commitPace.somethingForwarded();
    long offset = prompt.source().offset();
    int variants = prompt.request().getVariants();
    List<VariantEnd> marks = store.marks(offset, variants);
    if (marks.size() + 1 < variants) {
      store.mark(offset, end);
      return;
    }
    List<VariantEnd> ends = new ArrayList<>(marks);
    ends.add(insertionPoint(marks, end), end);
    var deadLetter = routing.deadLetterOf(prompt, ends, now());
    if (deadLetter != null) context.forward(deadLetter, Operators.DEAD_LETTERS);
    context.forward(routing.ended(prompt, ends, now()), Operators.OUTCOMES);
    forget(prompt, marks);
  }

  private static int insertionPoint(List<VariantEnd> ends, VariantEnd end) {
    int at = 0;
    while (at < ends.size() && ends.get(at).variant() < end.variant()) at++;
    return at;
  }

  private void forget(AdmittedPrompt prompt, List<VariantEnd> marks) {
    store.remove(prompt.source().offset(), marks);
    recent.remove(prompt.source().offset());
    held--;
    limits.entries().decrementAndGet();
    Pending next = orderKeys.ended(prompt.request().getOrderKey());
    if (next != null) ready(next);
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
    limits.entries().addAndGet(-held);
    held = 0;
  }
}
