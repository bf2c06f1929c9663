package dev.penstock.producer.deadletters;

import static dev.penstock.producer.deadletters.DeadLetterFilter.position;

import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.FramingException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the topics say may be sent again. A dead letter may if it is the last outcome of its prompt and no record on
/// the prompts topic repeats it already; so a replay that is asked for twice sends nothing the second time.
///
/// Two replays at the same moment can both find the same letter; then the instance that admits them lets one in.
public final class ReplayPlan {

  /// Clocks of those who wrote differ.
  private static final Duration SLACK = Duration.ofMinutes(10);

  private final Map<String, ReplayVerdict> verdicts = new LinkedHashMap<>();

  private record Candidate(String source, String promptId) {}

  /// Reads the topics; the time it takes grows with what was written since the oldest letter failed.
  public static ReplayPlan of(DeadLetters letters, DeadLetterFilter filter) {
    AvroDeserializer<PromptRequested> prompts = new AvroDeserializer<>(letters.registry(), Topic.PROMPTS);
    ReplayPlan plan = new ReplayPlan();
    Set<Candidate> candidates = new HashSet<>();
    Set<String> topics = new TreeSet<>();
    Instant[] oldest = {Instant.MAX};
    letters.forEach(
        filter,
        received -> {
          DeadLetter letter = received.value();
          String source = position(letter.getSource());
          String id = promptId(prompts, letter);
          plan.verdicts.put(source, id == null ? ReplayVerdict.UNREADABLE : ReplayVerdict.REPLAY);
          if (id == null) return;
          candidates.add(new Candidate(source, id));
          topics.add(letter.getSource().getTopic());
          if (received.timestamp().isBefore(oldest[0])) oldest[0] = received.timestamp();
        });
    if (!candidates.isEmpty()) plan.judge(letters, candidates, topics, oldest[0].minus(SLACK));
    return plan;
  }

  private static @Nullable String promptId(AvroDeserializer<PromptRequested> prompts, DeadLetter letter) {
    try {
      PromptRequested prompt = Replay.promptOf(prompts, letter);
      return prompt.getPromptId();
    } catch (FramingException e) {
      return null;
    }
  }

  private void judge(DeadLetters letters, Set<Candidate> candidates, Set<String> topics, Instant since) {
    Set<String> ids = new HashSet<>();
    candidates.forEach(candidate -> ids.add(candidate.promptId()));
    Map<String, PromptOutcome> last = lastOutcomes(letters, ids, since);
    Set<String> repeated = new HashSet<>();
    for (String topic : topics) addRepeated(letters, topic, since, repeated);
    for (Candidate candidate : candidates) {
      PromptOutcome outcome = last.get(candidate.promptId());
      if (outcome != null && !isOf(outcome, candidate)) verdicts.put(candidate.source(), ReplayVerdict.ENDED_SINCE);
      else if (repeated.contains(candidate.source())) verdicts.put(candidate.source(), ReplayVerdict.UNDER_WAY);
    }
  }

  private static boolean isOf(PromptOutcome outcome, Candidate candidate) {
    return outcome.getOutcome() == Outcome.DEAD_LETTERED && position(outcome.getSource()).equals(candidate.source());
  }

  /// A prompt's outcomes lie in one partition, in order.
  private static Map<String, PromptOutcome> lastOutcomes(DeadLetters letters, Set<String> ids, Instant since) {
    Map<String, PromptOutcome> last = new HashMap<>();
    var from = new ReadFrom.Since(since);
    try (var reader = TopicReader.ofOutcomes(letters.clients(), letters.registry(), from)) {
      reader.readToEnd(
          received -> {
            String id = received.value().getPromptId();
            if (id != null && ids.contains(id)) last.put(id, received.value());
          },
          letters.unreadable());
    }
    return last;
  }

  private static void addRepeated(DeadLetters letters, String topic, Instant since, Set<String> repeated) {
    var from = new ReadFrom.Since(since);
    try (var reader = TopicReader.ofPrompts(letters.clients(), letters.registry(), topic, from)) {
      // What cannot be read there repeats nothing, and has a dead letter of its own.
      reader.readToEnd(received -> addReplayOf(received, repeated), e -> {});
    }
  }

  private static void addReplayOf(Received<PromptRequested> received, Set<String> repeated) {
    String replayOf = received.value().getReplayOf();
    if (replayOf != null) repeated.add(replayOf);
  }

  public ReplayVerdict verdict(DeadLetter letter) {
    return verdicts.getOrDefault(position(letter.getSource()), ReplayVerdict.ENDED_SINCE);
  }

  /// How many letters have each verdict; those that none has are left out.
  public Map<ReplayVerdict, Long> counts() {
    Map<ReplayVerdict, Long> counts = new java.util.EnumMap<>(ReplayVerdict.class);
    verdicts.values().forEach(verdict -> counts.merge(verdict, 1L, Long::sum));
    return counts;
  }

  public long count(ReplayVerdict verdict) {
    return counts().getOrDefault(verdict, 0L);
  }
}
