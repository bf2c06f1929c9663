package dev.penstock.bench.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.bench.overload.OverloadedLane.Result;
import org.junit.jupiter.api.Test;

/// What the benchmark of overload counts as wasted.
class OverloadedLaneTest {

  @Test
  void whatIsWastedIsAShare() {
    assertThat(new Result(1, 5, 80, 100).wasted()).isCloseTo(0.2, within(1e-9));
    assertThat(new Result(1, 5, 103, 100).wasted()).as("answers that began before").isZero();
  }
}
