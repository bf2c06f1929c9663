package dev.penstock.generatorstream.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.GenerationResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Gives back what was put in or nothing, within its bytes.
final class ResultCacheTest {

  private static GenerationResult result(byte[] body) {
    return new GenerationResult(
        body,
        "text/plain",
        List.of(),
        Map.of(),
        new GenerationResult.Usage(1, 1, 0, 1),
        GenerationResult.FinishReason.STOP,
        GenerationResult.Timings.NONE);
  }

  @Test
  void aResultThatChangedIsDroppedAndCounted() {
    ResultCache cache = new ResultCache(10_000);
    byte[] body = "tea".getBytes(UTF_8);
    GenerationResult result = result(body);
    cache.put(new WorkKey("a"), result);
    assertThat(cache.get(new WorkKey("a"))).isSameAs(result);

    result.body()[0] ^= 1;
    assertThat(cache.get(new WorkKey("a"))).isNull();
    assertThat(cache.damaged()).isOne();
    assertThat(cache.bytes()).isZero();
    assertThat(cache.contains(new WorkKey("a"))).isFalse();
  }

  @Test
  void theLeastRecentlyUsedLeavesFirst() {
    ResultCache cache = new ResultCache(3 * (1_024 + 1_000));
    for (String key : List.of("a", "b", "c")) cache.put(new WorkKey(key), result(new byte[1_000]));
    cache.get(new WorkKey("a"));
    cache.put(new WorkKey("d"), result(new byte[1_000]));
    assertThat(cache.contains(new WorkKey("b"))).isFalse();
    assertThat(cache.contains(new WorkKey("a"))).isTrue();
    assertThat(cache.bytes()).isEqualTo(3 * (1_024 + 1_000));
    cache.put(new WorkKey("e"), result(new byte[10_000]));
    assertThat(cache.contains(new WorkKey("e"))).as("larger than all of it").isFalse();
  }
}
