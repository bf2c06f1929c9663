package dev.penstock.generatorstream.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.Priority;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.generatorstream.route.VariantEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A prompt is written when a commit comes; what ends earlier is never written.
final class InboxStoreTest {

  private final KeyValueStore<byte[], byte[]> disk =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("inbox"), Serdes.ByteArray(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final InboxStore store = new InboxStore(disk);

  @TempDir Path folder;

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile()).getStateStoreContext(), disk);
  }

  private static StoredPrompt prompt(long offset, int bytes) {
    SourceRecord source =
        new SourceRecord("prompts", 0, offset, 0, "p".getBytes(UTF_8), new byte[bytes], new RecordHeaders());
    return new StoredPrompt(source, 1, "acme", "d1", 7, Long.MAX_VALUE, 2, Priority.NORMAL, null, null);
  }

  private List<Long> offsetsOnDisk() {
    List<Long> offsets = new ArrayList<>();
    new InboxStore(disk).forEach((offset, entry, ended) -> offsets.add(offset));
    return offsets;
  }

  @Test
  void aPromptIsWrittenWithTheCommitAndReadableBeforeAndAfter() {
    store.put(prompt(3, 10));
    assertThat(store.get(3).seed()).isEqualTo(7);
    assertThat(offsetsOnDisk()).isEmpty();

    store.flushCache();
    assertThat(offsetsOnDisk()).containsExactly(3L);
    assertThat(store.get(3).seed()).isEqualTo(7);
  }

  @Test
  void whatEndsBeforeTheCommitIsNeverWritten() {
    store.put(prompt(3, 10));
    store.put(prompt(4, 10));
    store.remove(3, List.of());
    store.flushCache();
    assertThat(offsetsOnDisk()).containsExactly(4L);
    assertThatThrownBy(() -> store.get(3)).hasMessageContaining("no entry for offset 3");
  }

  @Test
  void whatEndsAfterTheCommitLeavesWithItsMarks() {
    store.put(prompt(3, 10));
    store.mark(3, new VariantEnd.Made(1));
    store.flushCache();
    assertThat(store.marks(3, 2)).containsExactly(new VariantEnd.Made(1));

    store.remove(3, store.marks(3, 2));
    store.flushCache();
    assertThat(disk.all().hasNext()).isFalse();
  }

  @Test
  void whatEndsInATransactionThatIsGivenUpStays() {
    store.put(prompt(3, 10));
    store.flushCache();
    store.remove(3, List.of());
    store.clearCache();
    store.flushCache();
    assertThat(offsetsOnDisk()).containsExactly(3L);
  }

  @Test
  void moreThanSixteenMebibytesAreWrittenWithoutWaitingForTheCommit() {
    for (long offset = 0; offset < 17; offset++) store.put(prompt(offset, 1 << 20));
    assertThat(offsetsOnDisk()).hasSizeGreaterThanOrEqualTo(16);
  }

  @Test
  void aTaskThatStartsAgainFindsWhatWasCommittedWithTheVariantsThatEnded() {
    store.put(prompt(3, 10));
    store.put(prompt(4, 10));
    store.mark(4, new VariantEnd.Made(0));
    store.flushCache();
    List<String> found = new ArrayList<>();
    store.forEach((offset, entry, ended) -> found.add(offset + " " + ended));
    assertThat(found).containsExactly("3 []", "4 [0]");
  }
}
