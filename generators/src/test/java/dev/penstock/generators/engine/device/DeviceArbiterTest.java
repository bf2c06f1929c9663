package dev.penstock.generators.engine.device;

import static dev.penstock.generators.Priority.BULK;
import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Priority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Specified: one lane has the device at a time; a lane is asked again before each step, so a more urgent one gets it
/// at the next step boundary; among equals the one that used less of it since both contended.
class DeviceArbiterTest {

  private static final long NONE = Long.MAX_VALUE;

  private final DeviceArbiter arbiter = new DeviceArbiter();
  private final List<String> told = new ArrayList<>();
  private final DeviceArbiter.Contender a = new DeviceArbiter.Contender(() -> told.add("a"));
  private final DeviceArbiter.Contender b = new DeviceArbiter.Contender(() -> told.add("b"));
  private final DeviceArbiter.Contender c = new DeviceArbiter.Contender(() -> told.add("c"));

  private boolean ask(DeviceArbiter.Contender lane, Priority priority, long usedNanos) {
    return arbiter.grants(lane, priority, NONE, usedNanos);
  }

  @Test
  void letsALaneThatIsAloneGoOn() {
    for (int i = 0; i < 3; i++) assertThat(ask(a, BULK, 100)).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void makesTheSecondLaneWaitUntilTheFirstLeaves() {
    assertThat(ask(a, BULK, 0)).isTrue();
    assertThat(ask(b, URGENT, 0)).isFalse();
    assertThat(told).isEmpty();
    arbiter.leave(a, 10);
    assertThat(told).containsExactly("b");
    assertThat(ask(b, URGENT, 0)).isTrue();
  }

  @Test
  void handsOverToTheMoreUrgentAtTheNextStep() {
    ask(a, NORMAL, 0);
    ask(b, BULK, 0);
    ask(c, URGENT, 0);
    assertThat(ask(a, NORMAL, 10)).isFalse();
    assertThat(told).containsExactly("c");
    arbiter.leave(c, 10);
    assertThat(told).containsExactly("c", "a");
  }

  @Test
  void keepsTheDeviceForTheLaneInAHurry() {
    ask(a, URGENT, 0);
    ask(b, BULK, 0);
    for (int i = 0; i < 5; i++) assertThat(ask(a, URGENT, 1_000)).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void prefersTheEarlierDeadlineAmongEqualPriorities() {
    arbiter.grants(a, NORMAL, 50, 0);
    arbiter.grants(b, NORMAL, 20, 0);
    assertThat(arbiter.grants(a, NORMAL, 50, 1)).isFalse();
    assertThat(told).containsExactly("b");
  }

  @Test
  void sharesTheDeviceByTimeNotBySteps() {
    // Given steps of 10 in lane a and of 1 in lane b
    ask(a, NORMAL, 0);
    ask(b, NORMAL, 0);
    long timeOfA = 0;
    long timeOfB = 0;
    DeviceArbiter.Contender holder = a;
    for (int i = 0; i < 1_000; i++) {
      long step = holder == a ? 10 : 1;
      if (holder == a) timeOfA += step;
      else timeOfB += step;
      if (!ask(holder, NORMAL, step)) holder = holder == a ? b : a;
    }
    assertThat(Math.abs(timeOfA - timeOfB)).isLessThanOrEqualTo(10);
  }

  @Test
  void givesNoCreditForTimeSpentIdle() {
    for (int i = 0; i < 100; i++) ask(a, NORMAL, 1_000);
    ask(b, NORMAL, 0);
    assertThat(ask(a, NORMAL, 10)).isFalse();
    assertThat(ask(b, NORMAL, 20)).as("b has used 20 since it came, a 10").isFalse();
    assertThat(told).containsExactly("b", "a");
  }

  @Test
  void forgetsALaneThatLeftWhileItWaited() {
    ask(a, NORMAL, 0);
    ask(b, URGENT, 0);
    arbiter.leave(b, 0);
    assertThat(ask(a, NORMAL, 10)).isTrue();
  }
}
