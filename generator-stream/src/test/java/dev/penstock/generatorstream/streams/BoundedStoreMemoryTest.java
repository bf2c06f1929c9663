package dev.penstock.generatorstream.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Two stores of one process are held by one bound: the write buffers of both together, and what both have read.
class BoundedStoreMemoryTest {

  private static final int VALUE_BYTES = 4 << 10;
  private static final int VALUES = 5_000; // 20 MB each, more than the write buffers keep.

  @TempDir Path folder;

  @Test
  void storesShareTheirMemory() throws RocksDBException {
    try (Options options = options();
        Options others = options();
        RocksDB one = RocksDB.open(options, folder.resolve("one").toString());
        RocksDB two = RocksDB.open(others, folder.resolve("two").toString())) {
      fill(one);
      fill(two);
      // Of the 40 MB written: what RocksDB keeps when it is done depends on when it began, and is up to 10.5 MB.
      await().atMost(Duration.ofMinutes(2)).until(() -> sum("rocksdb.cur-size-all-mem-tables", one, two) < 2 * BoundedStoreMemory.WRITE_BUFFER_BYTES);

      read(one);
      read(two);
      assertThat(one.getLongProperty("rocksdb.block-cache-capacity")).isEqualTo(BoundedStoreMemory.CACHE_BYTES);
      long used = one.getLongProperty("rocksdb.block-cache-usage");
      assertThat(used).isPositive().isEqualTo(two.getLongProperty("rocksdb.block-cache-usage"));
      // Blocks that are being read may lie beside what fits.
      assertThat(used).isLessThan(BoundedStoreMemory.CACHE_BYTES + (2 << 20));
    }
  }

  /// As Kafka Streams prepares them.
  private static Options options() {
    Options options = new Options().setCreateIfMissing(true);
    options.setTableFormatConfig(new BlockBasedTableConfig());
    new BoundedStoreMemory().setConfig("store", options, Map.of());
    return options;
  }

  private static void fill(RocksDB store) throws RocksDBException {
    byte[] value = new byte[VALUE_BYTES];
    Random random = new Random(1);
    for (int i = 0; i < VALUES; i++) {
      random.nextBytes(value);
      store.put(key(i), value);
    }
  }

  private static void read(RocksDB store) throws RocksDBException {
    for (int i = 0; i < VALUES; i++) assertThat(store.get(key(i))).hasSize(VALUE_BYTES);
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static long sum(String property, RocksDB one, RocksDB two) throws RocksDBException {
    return one.getLongProperty(property) + two.getLongProperty(property);
  }
}
