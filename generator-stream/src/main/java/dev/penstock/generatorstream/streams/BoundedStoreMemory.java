package dev.penstock.generatorstream.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/// One bound for the memory that all stores of this process take beside the heap. Kafka Streams gives each store of each
/// task write buffers of up to 48 MiB and a cache of 50 MiB: with more tasks, or just with time, a process would grow.
///
/// Kafka Streams makes one object a store and calls it while it opens and closes the store, on any stream thread.
public final class BoundedStoreMemory implements RocksDBConfigSetter {

  static {
    RocksDB.loadLibrary();
  }

  /// When all write buffers together come near to this, the one of the store that is written to goes to disk. While that
  /// lasts, and until another write looks again, they take more: 14 MiB were seen with a disk that had much to do.
  static final long WRITE_BUFFER_BYTES = 8L << 20;

  /// What the blocks that were read, the files' indexes and filters, and the write buffers take together.
  static final long CACHE_BYTES = 32L << 20;

  /// Most of what is written to disk had been deleted before: two files of a store are one at once, and few are open.
  private static final int MOST_FILES = 2;

  /// They live as long as the process.
  private static final Cache CACHE = new LRUCache(CACHE_BYTES);

  private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinL0FilterAndIndexBlocksInCache(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setLevel0FileNumCompactionTrigger(MOST_FILES);
  }

  /// What was set is shared with the other stores.
  @Override
  public void close(String storeName, Options options) {}
}
