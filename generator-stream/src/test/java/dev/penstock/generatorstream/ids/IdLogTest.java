package dev.penstock.generatorstream.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.Ids;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was put in is known for the time and up to the number that were asked for, also by a task that starts again; the
/// store holds no more than that.
final class IdLogTest {

  private static final int MINUTE = 60_000;

  private final KeyValueStore<byte[], byte[]> store =
      Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("ids"), Serdes.ByteArray(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
  }

  private IdLog log(int most) {
    return new IdLog(store, (byte) 0, MINUTE, most);
  }

  private int segments() {
    int count = 0;
    try (var all = store.all()) {
      for (; all.hasNext(); all.next()) count++;
    }
    return count;
  }

  @Test
  void aTaskThatStartsAgainKnowsWhatWasCommitted() {
    IdLog log = log(10_000);
    for (long id = 1; id <= 1_000; id++) {
      log.put(Ids.hash("id" + id), id % 2 == 0 ? Fate.MADE : Fate.CANCELLED, id);
      if (id % 100 == 0 && id < 1_000) log.flush();
    }
    IdLog again = log(10_000);
    again.load();
    assertThat(again.size()).as("the last hundred were not committed").isEqualTo(900);
    assertThat(again.get(Ids.hash("id900"), 1_000)).isEqualTo(Fate.MADE);
    assertThat(again.get(Ids.hash("id899"), 1_000)).isEqualTo(Fate.CANCELLED);
    assertThat(again.get(Ids.hash("id901"), 1_000)).isNull();
  }

  @Test
  void smallCommitsGrowOneSegmentAndALargeOneIsOneRecord() {
    IdLog log = log(100_000);
    for (int id = 0; id < 100; id++) {
      log.put(Ids.hash("id" + id), Fate.MADE, 1);
      log.flush();
    }
    assertThat(segments()).isOne();
    for (int id = 100; id < 10_000; id++) log.put(Ids.hash("id" + id), Fate.MADE, 1);
    log.flush();
    assertThat(segments()).isOne();
    log.put(Ids.hash("more"), Fate.MADE, 1);
    log.flush();
    assertThat(segments()).isEqualTo(2);
  }

  @Test
  void whatIsTooOldOrTooMuchLeavesMemoryAndStore() {
    IdLog log = log(1_000);
    for (int id = 0; id < 5_000; id++) {
      log.put(Ids.hash("id" + id), Fate.MADE, id);
      if (id % 10 == 0) log.flush();
    }
    assertThat(log.size()).isBetween(1_000 - 128, 1_000);
    assertThat(log.get(Ids.hash("id4999"), 5_000)).isEqualTo(Fate.MADE);
    assertThat(segments()).isLessThanOrEqualTo(10);

    assertThat(log.get(Ids.hash("id4999"), 4_999 + MINUTE)).isEqualTo(Fate.MADE);
    assertThat(log.get(Ids.hash("id4999"), 5_000 + MINUTE)).isNull();
    assertThat(log.isEmpty()).isTrue();
    assertThat(segments()).isZero();
  }

  @Test
  void anIdThatCameAgainIsKnownAsItCameLast() {
    IdLog log = log(1_000);
    log.put(7, Fate.DEAD_LETTERED, 0);
    for (int id = 0; id < 300; id++) log.put(Ids.hash("id" + id), Fate.MADE, 1);
    log.flush();
    log.put(7, Fate.MADE, MINUTE);
    log.flush();
    assertThat(log.get(7, MINUTE + 10)).as("its first segment is gone").isEqualTo(Fate.MADE);
    assertThat(log.size()).isOne();
  }

  @Test
  void theTableAgreesWithAMapOverRandomUse() {
    long seed = 20261122;
    SplittableRandom random = new SplittableRandom(seed);
    IdTable table = new IdTable();
    Map<Long, Long> model = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long hash = Ids.hash("id" + random.nextInt(5_000));
      if (random.nextBoolean()) {
        long value = 1 + random.nextInt(3);
        table.put(hash, value);
        model.put(hash, value);
      } else {
        long value = 1 + random.nextInt(3);
        table.remove(hash, value);
        model.remove(hash, value);
      }
      assertThat(table.get(hash)).isEqualTo(model.getOrDefault(hash, IdTable.NONE));
    }
    assertThat(table.size()).as("seed %d", seed).isEqualTo(model.size());
    model.forEach((hash, value) -> assertThat(table.get(hash)).isEqualTo(value));
  }
}
