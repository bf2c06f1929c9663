package dev.penstock.generators.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Specified: what counts for a tenant's share beside its steps. The order that follows from shares: [LaneQueueTest].
class TenantSharesTest {

  private final TenantShares shares = new TenantShares();

  private void serve(String tenant, int steps) {
    shares.comes(tenant);
    shares.prepares(tenant);
    shares.grants(tenant, 1);
    shares.goes(tenant);
    for (int i = 1; i < steps; i++) shares.keeps(tenant, 1);
  }

  @Test
  void aRequestThatWasPreparedInVainIsAStepAndClaimsNothingAnyMore() {
    for (int i = 0; i < 6; i++) shares.comes("a");
    for (int i = 0; i < 5; i++) {
      shares.prepares("a");
      shares.wastes("a");
      shares.goes("a");
    }
    assertThat(shares.had("a")).isEqualTo(5);
    assertThat(shares.claimed("a")).isEqualTo(5);
    shares.prepares("a");
    assertThat(shares.claimed("a")).as("the one that is being prepared").isEqualTo(6);
    shares.grants("a", 1);
    assertThat(shares.claimed("a")).isEqualTo(shares.had("a"));
  }

  @Test
  void strangersBeginFurtherOnTheMoreOfThemWereServedWhileAnotherWaited() {
    shares.comes("waits");
    for (int i = 0; i < 160; i++) serve("stranger " + i, 5);
    assertThat(shares.had("one more")).as("800 slots times steps of strangers").isEqualTo(800 / TenantShares.SHARES_OF_STRANGERS);
  }

  @Test
  void whatStrangersHadWhileNobodyWaitedIsNotHeldAgainstThem() {
    for (int i = 0; i < 160; i++) serve("stranger " + i, 5);
    shares.comes("late");
    shares.comes("later");
    assertThat(shares.had("later")).isEqualTo(shares.had("late"));
  }

  @Test
  void onlyTheFirstRequestOfATenantIsAStrangers() {
    shares.comes("waits");
    shares.comes("a");
    for (int i = 0; i < 100; i++) serve("a", 1);
    assertThat(shares.had("a")).isEqualTo(100);
    assertThat(shares.had("one more")).isZero();
  }
}
