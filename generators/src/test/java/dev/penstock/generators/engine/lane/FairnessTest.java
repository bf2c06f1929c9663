package dev.penstock.generators.engine.lane;

import static dev.penstock.generators.Priority.BULK;
import static dev.penstock.generators.Priority.NORMAL;
import static dev.penstock.generators.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Specified: how a lane of 8 slots divides them among tenants, and how soon a cancelled one is free again.
class FairnessTest extends SteppedLane {

  FairnessTest() {
    super(8);
  }

  private void submit(String tenant, int count, Map<String, Object> parameters) {
    for (int i = 0; i < count; i++) submit(tenant + "-" + i, tenant, BULK, null, parameters);
  }

  private long busy(List<String> batch, String tenant) {
    return batch.stream().filter(id -> id.startsWith(tenant + "-")).count();
  }

  @Test
  void givesTwoTenantsHalfEachHoweverManyRequestsOneHas() {
    submit("flood", 1_000, Map.of("steps", 3));
    lane.turn();
    submit("small", 40, Map.of("steps", 3));
    settle();
    int last = 0;
    for (int i = 0; i < model.batches.size(); i++) if (busy(model.batches.get(i), "small") > 0) last = i;
    assertThat(last).as("40 requests of 3 steps in 4 slots of 8, and the start").isLessThanOrEqualTo(40 * 3 / 4 + 6);
    for (List<String> batch : model.batches.subList(6, 24)) assertThat(busy(batch, "small")).isEqualTo(4);
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.values).hasSize(1));
  }

  /// What each tenant had of the steps from one to another, in slots times steps.
  private Map<String, Long> shares(int from, int to) {
    return model.batches.subList(from, to).stream().flatMap(List::stream)
        .collect(Collectors.groupingBy(id -> id.substring(0, id.indexOf('-')), Collectors.counting()));
  }

  @Test
  void givesTwoTenantsHalfOfTheStepsEachHoweverLongTheirRequestsAre() {
    submit("long", 100, Map.of("steps", 10));
    submit("short", 1_000, Map.of("steps", 1));
    for (int i = 0; i < 110; i++) prepareAndTurn();
    assertThat(shares(10, 110)).allSatisfy((tenant, slots) -> assertThat(slots).as(tenant).isBetween(360L, 440L)).hasSize(2);
  }

  @Test
  void givesEachOfManyTenantsItsShareOfTheStepsEvenIfOneHasLongRequests() {
    submit("long", 100, Map.of("steps", 20));
    for (int i = 0; i < 19; i++) submit("short" + i, 200, Map.of());
    for (int i = 0; i < 130; i++) prepareAndTurn();
    assertThat(shares(40, 240)).as("1,600 for 20 tenants").hasSize(20)
        .allSatisfy((tenant, slots) -> assertThat(slots).as(tenant).isBetween(60L, 100L));
  }

  @Test
  void countsTheSlotsOfARequestAsWellAsItsSteps() {
    submit("wide", 200, Map.of("slots", 4));
    submit("narrow", 800, Map.of());
    for (int i = 0; i < 60; i++) prepareAndTurn();
    long wide = shares(10, 60).get("wide");
    assertThat(4 * wide).as("half of 50 steps in 8 slots").isBetween(160L, 240L);
  }

  @Test
  void givesATenantThatComesLateTheNextFreeSlots() {
    submit("flood", 1_000, Map.of("steps", 3));
    for (int i = 0; i < 20; i++) prepareAndTurn();
    submit("late", 2, Map.of());
    int before = model.batches.size();
    for (int i = 0; i < 4; i++) prepareAndTurn();
    long served = model.batches.subList(before, model.batches.size()).stream().mapToLong(b -> busy(b, "late")).sum();
    assertThat(served).isEqualTo(2);
  }

  @Test
  void givesATenantThatComesLateNoMoreThanItsShareWhileABacklogOfBulkWaits() {
    submit("bulk", 100, Map.of());
    for (int i = 0; i < 1_000; i++) submit("steady-" + i, "steady", NORMAL, null, Map.of());
    for (int i = 0; i < 20; i++) prepareAndTurn();
    for (int i = 0; i < 400; i++) submit("late-" + i, "late", NORMAL, null, Map.of());
    int from = model.batches.size() + 4;
    for (int i = 0; i < 24; i++) prepareAndTurn();
    assertThat(shares(from, from + 20)).as("160 for two").hasSize(2)
        .allSatisfy((tenant, slots) -> assertThat(slots).as(tenant).isBetween(70L, 90L));
  }

  @Test
  void doesNotHoldWhatATenantHadByDeadlinesAgainstItsOtherRequests() {
    submit("backlog", 1_000, Map.of());
    for (int i = 0; i < 160; i++) submit("due-" + i, "steady", BULK, Duration.ofHours(1), Map.of());
    for (int i = 0; i < 12; i++) prepareAndTurn();
    for (int i = 0; i < 400; i++) submit("other-" + i, "steady", BULK, null, Map.of());
    int from = model.batches.size() + 4;
    for (int i = 0; i < 24; i++) prepareAndTurn();
    assertThat(shares(from, from + 20)).as("160 for two").hasSize(2)
        .allSatisfy((tenant, slots) -> assertThat(slots).as(tenant).isBetween(70L, 90L));
  }

  @Test
  void givesATenantThatWaitsItsPartHoweverManyNewOnesCome() {
    submit("steady", 1_000, Map.of());
    for (int turn = 0, strangers = 0; turn < 340; turn++) {
      long served = model.batches.stream().mapToLong(batch -> busy(batch, "stranger")).sum();
      for (; strangers - served < 64; strangers++) submit("stranger-" + strangers, "stranger" + strangers, BULK, null, Map.of());
      prepareAndTurn();
    }
    assertThat(shares(0, 340).get("steady")).as("of 2,720 one in seventeen").isBetween(130L, 260L);
  }

  @Test
  void doesNotLetATenantWhoseRequestsCannotBePreparedHoldOthersUp() {
    submit("bad", 1_000, Map.of("fault", "rejected in prepare"));
    submit("good", 80, Map.of());
    for (int i = 0; i < 16; i++) prepareAndTurn();
    assertThat(shares(0, model.batches.size())).isEqualTo(Map.of("good", 80L));
  }

  @Test
  void givesSlotsByPriorityBeforeTenant() {
    submit("a", 20, Map.of("steps", 2));
    prepareAndTurn();
    for (int i = 0; i < 8; i++) submit("urgent" + i, "a", URGENT, null, Map.of());
    for (int i = 0; i < 8; i++) submit("normal" + i, "b", NORMAL, null, Map.of());
    settle();
    assertThat(model.batches.get(2)).as("after the two steps of the first").allMatch(id -> id.startsWith("urgent"));
    assertThat(model.batches.get(3)).allMatch(id -> id.startsWith("normal"));
  }

  @Test
  void freesACancelledSlotWithinOneStep() {
    Engine.Ticket[] tickets = new Engine.Ticket[8];
    for (int i = 0; i < 8; i++) tickets[i] = submit("long" + i, NORMAL, Map.of("steps", 1_000));
    submit("next", NORMAL, Map.of());
    prepareAndTurn();
    for (int i = 0; i < 5; i++) lane.turn();
    // While a step runs: seen before the next.
    model.duringStep = () -> tickets[3].cancel();
    lane.turn();
    model.duringStep = () -> {};
    lane.turn();
    assertThat(model.batches.getLast()).doesNotContain("long3").contains("next").hasSize(8);
    runPlan();
    assertThat(ends.get("long3").reason()).isEqualTo("CANCELLED");
  }

  @Test
  void spendsNoStepOnWhatWasCancelledWhileItWaited() {
    submit("long", NORMAL, Map.of("steps", 3, "slots", 8));
    prepareAndTurn();
    for (int i = 0; i < 500; i++) submit("r" + i, NORMAL, Map.of()).cancel();
    settle();
    assertThat(model.batches).hasSize(3);
    for (int i = 0; i < 500; i++) assertThat(ends.get("r" + i).reason()).isEqualTo("CANCELLED");
  }
}
