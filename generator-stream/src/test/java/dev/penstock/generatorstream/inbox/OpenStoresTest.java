package dev.penstock.generatorstream.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a killed process left is dropped at the next start; what was closed stays, and so does what another process uses.
final class OpenStoresTest {

  @TempDir Path application;

  private Path task(String name) throws IOException {
    Path task = Files.createDirectories(application.resolve(name));
    Files.createDirectories(task.resolve("rocksdb/inbox"));
    Files.writeString(task.resolve("rocksdb/inbox/CURRENT"), "a store");
    return task;
  }

  @Test
  void onlyWhatWasInUseIsDropped() throws IOException {
    Path killed = task("0_1");
    Path closed = task("0_2");
    Path restoring = task("0_3");
    OpenStores.mark(killed);
    OpenStores.mark(closed);
    OpenStores.unmark(closed);
    OpenStores.dropLeft(application);
    assertThat(killed).doesNotExist();
    assertThat(closed.resolve("rocksdb/inbox/CURRENT")).exists();
    assertThat(restoring.resolve("rocksdb/inbox/CURRENT")).exists();
  }

  @Test
  void anInboxIsInUseFromItsRestoreToItsEnd() throws IOException {
    KeyValueStore<byte[], byte[]> disk =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("inbox"), Serdes.ByteArray(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    MockProcessorContext<Object, Object> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), application.toFile());
    InboxStore store = new InboxStore(disk);
    store.init(context.getStateStoreContext(), disk);
    assertThat(application).isEmptyDirectory();
    store.use();
    assertThat(application).isNotEmptyDirectory();
    store.close();
    assertThat(application).isEmptyDirectory();
  }

  @Test
  void whereAProcessWorksNothingIsDropped() throws IOException {
    Path used = task("0_1");
    OpenStores.mark(used);
    try (FileChannel channel =
            FileChannel.open(application.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      OpenStores.dropLeft(application);
      assertThat(lock.isValid()).isTrue();
      assertThat(used.resolve("rocksdb/inbox/CURRENT")).exists();
    }
  }

  @Test
  void aFirstStartFindsNothing() throws IOException {
    OpenStores.dropLeft(application.resolve("none"));
    assertThat(application).isEmptyDirectory();
  }
}
