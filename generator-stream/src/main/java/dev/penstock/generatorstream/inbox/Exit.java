package dev.penstock.generatorstream.inbox;

import dev.penstock.generatorstream.ids.PromptIds;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.generatorstream.prompt.Routed;
import dev.penstock.generatorstream.route.Routing;
import dev.penstock.generatorstream.route.VariantEnd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// The way out of a task's inbox: with its last variant a prompt's outcome leaves and its entry goes, and the next of its
/// order key may start. The stream thread's.
record Exit(
    ProcessorContext<byte[], Routed> context,
    Routing routing,
    InboxStore store,
    PromptIds ids,
    InboxIndex index,
    OrderKeys orderKeys,
    RecentPrompts recent,
    Holdings holdings) {

  /// Notes that a variant ended.
  void end(AdmittedPrompt prompt, VariantEnd end) {
    long offset = prompt.source().offset();
    int variants = prompt.request().getVariants();
    List<VariantEnd> marks = store.marks(offset, variants);
    if (marks.size() + 1 < variants) {
      store.mark(offset, end);
      return;
    }
    List<VariantEnd> ends = new ArrayList<>(marks);
    ends.add(end);
    ends.sort(Comparator.comparingInt(VariantEnd::variant));
    long now = context.currentSystemTimeMs();
    var deadLetter = routing.deadLetterOf(prompt, ends, now);
    if (deadLetter != null) context.forward(deadLetter, Operators.DEAD_LETTERS);
    context.forward(routing.ended(prompt, ends, now), Operators.OUTCOMES);
    ids.ended(prompt, Routing.outcomeOf(ends), now);
    forget(prompt, marks);
  }

  private void forget(AdmittedPrompt prompt, List<VariantEnd> marks) {
    store.remove(prompt.source().offset(), marks);
    recent.remove(prompt.source().offset());
    holdings.ended(prompt.source().offset());
    boolean wasBehind = index.drop(prompt.idHash(), prompt.source().offset());
    if (wasBehind) return;
    Pending next = orderKeys.ended(prompt.request().getOrderKey(), index::holds);
    if (next != null) index.release(next);
  }
}
