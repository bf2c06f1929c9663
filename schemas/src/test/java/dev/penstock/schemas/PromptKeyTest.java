package dev.penstock.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A prompt's key and partition are those that any Kafka client with murmur2 partitioning gives it.
class PromptKeyTest {

  @Test
  void theKeyIsTheOrderKeyElseThePromptId() {
    assertThat(PromptKey.of("p-1", null)).isEqualTo("p-1".getBytes(UTF_8));
    assertThat(PromptKey.of("p-1", "Kundin Zoë")).isEqualTo("Kundin Zoë".getBytes(UTF_8));
  }

  /// Hashes from Kafka's own UtilsTest.testMurmur2, the sign bit cleared, modulo 6.
  @ParameterizedTest
  @CsvSource({
    "21, -973932308",
    "foobar, -790332482",
    "a-little-bit-long-string, -985981536",
    "a-little-bit-longer-string, -1486304829",
    "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
    "abc, 479470107"
  })
  void thePartitionIsMurmur2WithoutItsSign(String key, int hash) {
    assertThat(PromptKey.partition(key.getBytes(UTF_8), 6)).isEqualTo((hash & 0x7fffffff) % 6);
  }

  @Test
  void thePartitionIsThatOfKafkasOwnPartitioner() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] key = new byte[random.nextInt(64)];
      random.nextBytes(key);
      int partitions = 1 + random.nextInt(100);
      assertThat(PromptKey.partition(key, partitions))
          .as("key %d of seed %d, %d partitions", i, seed, partitions)
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
    }
  }
}
