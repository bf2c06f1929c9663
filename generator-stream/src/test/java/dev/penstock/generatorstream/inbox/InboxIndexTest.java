package dev.penstock.generatorstream.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The index gives back what was put in, by priority, then deadline, then arrival, however it is used.
final class InboxIndexTest {

  private static final Comparator<InboxIndex.Entry> ORDER =
      Comparator.comparing(InboxIndex.Entry::deadlineMillis)
          .thenComparing(InboxIndex.Entry::offset)
          .thenComparing(InboxIndex.Entry::variant);

  @Test
  void agreesWithASortedListOverRandomUse() {
    long seed = 20261122;
    SplittableRandom random = new SplittableRandom(seed);
    InboxIndex index = new InboxIndex();
    List<InboxIndex.Entry> model = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(3) > 0 || model.isEmpty()) {
        var entry =
            new InboxIndex.Entry(
                i,
                random.nextInt(3),
                Priority.values()[random.nextInt(3)],
                random.nextBoolean() ? InboxIndex.NEVER : random.nextInt(1_000));
        index.add(entry.offset(), entry.variant(), entry.priority(), entry.deadlineMillis());
        model.add(entry);
      } else if (random.nextInt(4) == 0 && index.hasExpired(999)) {
        var expected = model.stream().min(ORDER).orElseThrow();
        assertThat(index.pollExpired()).as("seed %d, step %d", seed, i).isEqualTo(expected);
        model.remove(expected);
      } else {
        Priority priority = Priority.values()[random.nextInt(3)];
        var expected = model.stream().filter(e -> e.priority() == priority).min(ORDER);
        assertThat(index.has(priority)).isEqualTo(expected.isPresent());
        if (expected.isEmpty()) continue;
        assertThat(index.poll(priority)).as("seed %d, step %d", seed, i).isEqualTo(expected.get());
        model.remove(expected.get());
      }
      assertThat(index.size()).isEqualTo(model.size());
    }
  }
}
