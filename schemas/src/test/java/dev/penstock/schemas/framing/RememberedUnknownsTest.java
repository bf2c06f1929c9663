package dev.penstock.schemas.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.Topic;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// That an id is unknown holds for what had been read when the registry said so, and for nothing after it.
class RememberedUnknownsTest {

  private static final Schema SCHEMA = Topic.PROMPTS.valueSchema();

  private final InMemoryRegistry server = new InMemoryRegistry();
  private final AtomicLong lastRead = new AtomicLong(System.nanoTime());
  private int questions;

  private final SchemaRegistry registry =
      new RememberedUnknowns(
          new SchemaRegistry() {
            @Override
            public int register(String subject, Schema schema) {
              return server.register(subject, schema);
            }

            @Override
            public Schema byId(int id) {
              questions++;
              return server.byId(id);
            }
          },
          lastRead::get);

  @Test
  void recordsThatWereReadTogetherAskOnce() {
    for (int i = 0; i < 3; i++) isUnknown(7);

    assertThat(questions).isEqualTo(1);
  }

  @Test
  void aSchemaThatIsRegisteredAfterItsIdWasUnknownIsFoundForTheNextRecords() {
    isUnknown(1);

    assertThat(registry.register("late", SCHEMA)).isEqualTo(1);
    lastRead.set(System.nanoTime());

    assertThat(registry.byId(1)).isEqualTo(SCHEMA);
  }

  @Test
  void idsThatNoRegistryGivesAreNotAskedFor() {
    isUnknown(0);
    isUnknown(-5);
    isUnknown(Integer.MIN_VALUE);

    assertThat(questions).isZero();
  }

  @Test
  void strangersGetAnswersAtABoundedPace() {
    long start = System.nanoTime();
    for (int id = 1; id <= 600; id++) isUnknown(id);

    assertThat(questions).isEqualTo(600);
    assertThat(System.nanoTime() - start).as("nanoseconds for 500 at once and 100 of 500 a second").isGreaterThan(100_000_000);
  }

  private void isUnknown(int id) {
    assertThatThrownBy(() -> registry.byId(id))
        .isInstanceOfSatisfying(FramingException.class, e -> assertThat(e.reason()).isEqualTo("UNKNOWN_SCHEMA_ID"));
  }
}
