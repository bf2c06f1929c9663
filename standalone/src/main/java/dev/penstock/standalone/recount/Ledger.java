package dev.penstock.standalone.recount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Compares what lies on the topics. Holds every entry in memory.
final class Ledger {

  private static final Set<String> WITH_CONTENT = Set.of("COMPLETED", "PARTIAL");

  private final Map<Position, Entry.Prompt> prompts = new HashMap<>();
  private final Map<Position, Entry.Outcome> outcomes = new HashMap<>();
  private final Map<String, Entry.Content> contents = new HashMap<>();
  private final Map<Integer, Long> firstOffsets = new HashMap<>();
  private final Map<String, Long> kinds = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  /// Prompt records below this offset have been deleted, after their retention time; their outcomes may be there.
  void promptsBeginAt(int partition, long offset) {
    firstOffsets.put(partition, offset);
  }

  void add(Entry.Prompt prompt) {
    prompts.put(prompt.at(), prompt);
  }

  void add(Entry.Outcome outcome) {
    kinds.merge(outcome.outcome(), 1L, Long::sum);
    Entry.Outcome first = outcomes.putIfAbsent(outcome.source(), outcome);
    if (first != null)
      fault("prompt record %s has two outcomes, %s and %s", outcome.source(), first.at(), outcome.at());
  }

  void add(Entry.Content content) {
    Entry.Content first = contents.putIfAbsent(content.id(), content);
    if (first != null) fault("content %s is there twice, %s and %s", content.id(), first.at(), content.at());
    if (content.bodyFault() != null) fault("content %s: %s", content.id(), content.bodyFault());
  }

  private void fault(String sentence, Object... arguments) {
    faults.add(sentence.formatted(arguments));
  }

  Report report() {
    Set<String> named = new HashSet<>();
    List<Entry.Prompt> inFlight = prompts.values().stream().filter(p -> !outcomes.containsKey(p.at())).toList();
    Set<String> unanswered = inFlight.stream().map(Entry.Prompt::id).collect(Collectors.toSet());
    for (Entry.Outcome outcome : outcomes.values()) {
      checkPlace(outcome);
      checkContent(outcome);
      named.addAll(outcome.contentIds());
    }
    for (Entry.Content content : contents.values())
      if (!named.contains(content.id()) && !unanswered.contains(content.promptId()))
        fault("content %s at %s is named by no outcome", content.id(), content.at());
    return new Report(prompts.size(), kinds, contents.size(), inFlight.size(), faults);
  }

  /// An outcome lies in its prompt's partition, with the same key bytes.
  private void checkPlace(Entry.Outcome outcome) {
    Entry.Prompt prompt = prompts.get(outcome.source());
    if (prompt == null) {
      if (outcome.source().offset() >= firstOffsets.getOrDefault(outcome.source().partition(), 0L))
        fault("outcome %s answers %s, where no prompt record lies", outcome.at(), outcome.source());
      return;
    }
    if (outcome.at().partition() != prompt.at().partition())
      fault("outcome %s lies in another partition than its prompt record %s", outcome.at(), prompt.at());
    if (!Objects.equals(outcome.key(), prompt.key()))
      fault("outcome %s has another key than its prompt record %s", outcome.at(), prompt.at());
  }

  private void checkContent(Entry.Outcome outcome) {
    int named = outcome.contentIds().size();
    if (!WITH_CONTENT.contains(outcome.outcome())) {
      if (named > 0) fault("outcome %s is %s and names content", outcome.at(), outcome.outcome());
      return;
    }
    if (named == 0) fault("outcome %s is %s and names no content", outcome.at(), outcome.outcome());
    Entry.Prompt prompt = prompts.get(outcome.source());
    if (prompt != null && outcome.outcome().equals("COMPLETED") && prompt.variants().orElse(named) != named)
      fault("outcome %s names %d contents, the prompt asks for %d", outcome.at(), named, prompt.variants().orElse(0));
    if (new HashSet<>(outcome.contentIds()).size() < named) fault("outcome %s names a content twice", outcome.at());
    for (String id : outcome.contentIds()) checkContent(outcome, id);
  }

  private void checkContent(Entry.Outcome outcome, String id) {
    Entry.Content content = contents.get(id);
    if (content == null) {
      fault("outcome %s names content %s, which is not on the topic", outcome.at(), id);
      return;
    }
    if (!content.promptId().equals(outcome.promptId()))
      fault("content %s is of prompt %s, outcome %s of %s", id, content.promptId(), outcome.at(), outcome.promptId());
    if (content.at().partition() != outcome.at().partition() || !Objects.equals(content.key(), outcome.key()))
      fault("content %s at %s has not the partition and key of its outcome %s", id, content.at(), outcome.at());
  }
}
