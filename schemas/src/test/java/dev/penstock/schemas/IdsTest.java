package dev.penstock.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ids are UUIDs of RFC 9562. What is derived from a prompt id stays the same for ever: sinks and replays rely on it.
class IdsTest {

  /// Namespace for DNS names, RFC 9562, section 6.6.
  private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

  @Test
  void uuid5IsThatOfTheRfc() {
    // RFC 9562, appendix A.4.
    assertThat(Ids.uuid5(DNS, "www.example.com")).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }

  @ParameterizedTest
  @CsvSource({
    // uuid.uuid5 of Python 3.11.
    "python.org, 886313e1-3b8a-5372-9b90-0c9aee199e5d",
    "'', 4ebd0208-8328-5d69-8c44-ec50939c0967",
    "Zoë, 11504112-53d6-5767-8afa-3b57a834f1b0",
  })
  void uuid5IsThatOfPython(String name, String id) {
    assertThat(Ids.uuid5(DNS, name)).hasToString(id);
  }

  @Test
  void promptIdsAreUuid7WithTheTimeInFront() {
    long before = System.currentTimeMillis();
    UUID id = UUID.fromString(Ids.newPromptId());
    long after = System.currentTimeMillis();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after);
  }

  @Test
  void promptIdsDoNotRepeatAndSortByMillisecond() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) ids.add(Ids.newPromptId());
    Set<String> distinct = new HashSet<>(ids);
    List<String> times = ids.stream().map(id -> id.substring(0, 13)).toList();

    assertThat(distinct).hasSameSizeAs(ids);
    assertThat(times).isSorted();
    assertThat(new HashSet<>(times)).hasSizeGreaterThan(1);
  }

  @Test
  void contentIdsNeverChange() {
    // UUIDv5 over the prompt id, a zero byte and the variant, by Python 3.11's uuid.uuid5.
    assertThat(Ids.contentId("p-1", 0)).isEqualTo("039daee1-12f9-5e2c-a17b-9ffe3e710e9a");
    assertThat(Ids.contentId("p-1", 1)).isEqualTo("a07ed5d6-88a1-5f06-ae0c-227f0487d3aa");
    assertThat(Ids.contentId("p-1", 11)).isNotEqualTo(Ids.contentId("p-11", 1));
  }

  @Test
  void seedsNeverChange() {
    // The first 8 bytes of SHA-256, by Python 3.11's hashlib.
    assertThat(Ids.seedOf("p-1")).isEqualTo(2156782487454205955L);
    assertThat(Ids.seedOf("Zoë")).isEqualTo(-4133980547192995568L);
  }
}
