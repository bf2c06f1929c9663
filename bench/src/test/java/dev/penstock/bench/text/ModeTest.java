package dev.penstock.bench.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.bench.text.TextLoad.Request;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How requests are put together: one by one, in batches that end together, or as places become free.
class ModeTest {

  private static final List<Request> REQUESTS =
      IntStream.range(0, 20).mapToObj(i -> new Request(new int[] {1}, i == 3 || i == 18 ? 100 + i : 10)).toList();

  @Test
  void letsTheNextRequestBeginWhenItsModeHasRoom() {
    assertThat(Mode.SINGLE.room(0)).isEqualTo(1);
    assertThat(Mode.SINGLE.room(1)).isZero();
    assertThat(Mode.CONTINUOUS.room(13)).isEqualTo(3);
    assertThat(Mode.STATIC.room(13)).isZero();
    assertThat(Mode.STATIC.room(0)).isEqualTo(16);
  }

  @Test
  void makesAllOfAStaticBatchWriteAsMuchAsItsLongestAnswer() {
    assertThat(Mode.STATIC.written(REQUESTS, 0)).isEqualTo(103);
    assertThat(Mode.STATIC.written(REQUESTS, 16)).isEqualTo(118);
    assertThat(Mode.CONTINUOUS.written(REQUESTS, 0)).isEqualTo(10);
    assertThat(Mode.SINGLE.written(REQUESTS, 3)).isEqualTo(103);
  }
}
