package dev.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trace header of W3C Trace Context, version 00.
class TraceparentTest {

  /// The example of the recommendation, section 3.2.
  private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void readsAndWritesTheExampleOfTheRecommendation() {
    Traceparent trace = Traceparent.parse(EXAMPLE);

    assertThat(trace)
        .isEqualTo(new Traceparent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true));
    assertThat(trace.header()).isEqualTo(EXAMPLE);
  }

  @Test
  void everyNewTraceIsAnother() {
    Traceparent trace = Traceparent.newTrace();

    assertThat(Traceparent.parse(trace.header())).isEqualTo(trace);
    assertThat(Traceparent.newTrace().traceId()).isNotEqualTo(trace.traceId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
      })
  void refusesWhatIsNone(String header) {
    assertThatThrownBy(() -> Traceparent.parse(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a traceparent of version 00");
  }
}
