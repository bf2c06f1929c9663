package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.StreamUnderTest.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The engine has as many of each tenant to choose from, and none may fill the inbox beyond its share.
final class TenantsTest {

  private final StreamUnderTest stream = new StreamUnderTest(1_000, 2, 300);

  @AfterEach
  void close() {
    stream.close();
  }

  /// The tenants of the prompts that end next.
  private List<String> serve(int prompts) {
    List<String> served = new ArrayList<>();
    while (served.size() < prompts) {
      stream.engine.open.getFirst().answer("x");
      stream.harvest();
      for (PromptOutcome outcome : stream.outcomes()) served.add(outcome.getTenant());
    }
    return served;
  }

  @Test
  void aTenantThatTricklesIsServedInTurnWithOneThatFloods() {
    for (int i = 0; i < 200; i++) stream.send(prompt("flood" + i).setTenant("flooding"));
    serve(20);
    for (int i = 0; i < 10; i++) stream.send(prompt("drop" + i).setTenant("trickling"));

    List<String> next = serve(22);

    assertThat(next.subList(0, 2)).as("what ran already").containsOnly("flooding");
    assertThat(next).as("every other one").filteredOn("trickling"::equals).hasSize(10);
  }

  @Test
  void aTenantWithShortPromptsDoesNotWaitForThatWithLongOnes() {
    for (int i = 0; i < 50; i++) stream.send(prompt("long" + i).setTenant("long"));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();
    for (int i = 0; i < 50; i++) stream.send(prompt("short" + i).setTenant("short"));
    stream.engine.open.getFirst().answer("x");
    stream.harvest();

    for (int i = 0; i < 20; i++) {
      assertThat(stream.engine.open).extracting(submitted -> submitted.request.tenant()).containsExactly("long", "short");
      stream.engine.open.getLast().answer("x");
      stream.harvest();
    }
  }

  @Test
  void whatWasTakenBackIsNotCountedAsTheEngines() {
    for (int i = 0; i < 3; i++) stream.send(prompt("a" + i).setTenant("a"));
    for (int i = 0; i < 3; i++) stream.send(prompt("b" + i).setTenant("b"));
    stream.cancel("a0");
    stream.cancel("a1");
    assertThat(stream.engine.open).filteredOn(submitted -> !submitted.cancelled)
        .extracting(submitted -> submitted.request.tenant()).containsExactly("b", "a");
  }

  @Test
  void beyondItsShareATenantIsRejectedAndNobodyElse() {
    for (int i = 0; i < 301; i++) stream.send(prompt("a" + i).setTenant("acme"));
    assertThat(stream.outcome())
        .extracting("promptId", "outcome", "reason", "message")
        .containsExactly(
            "a300",
            Outcome.REJECTED,
            "TENANT_LIMIT",
            "300 prompts of this tenant are waiting in this partition, its share; send it again when some have ended");
    stream.send(prompt("b").setTenant("umbrella"));
    assertThat(stream.outcomes()).isEmpty();

    serve(1);
    stream.send(prompt("a300").setTenant("acme"));
    assertThat(stream.outcomes()).as("there is room again, and the id was not used up").isEmpty();
  }
}
