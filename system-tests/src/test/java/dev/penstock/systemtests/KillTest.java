package dev.penstock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.chaos.guarantee.Account;
import dev.penstock.chaos.guarantee.Accounted;
import dev.penstock.chaos.guarantee.ContentAsNamed;
import dev.penstock.chaos.guarantee.EverythingInItsPlace;
import dev.penstock.chaos.guarantee.NothingLeftBehind;
import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.chaos.guarantee.SameSeedSameBytes;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.chaos.process.Status;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.TestBed;
import dev.penstock.systemtests.rig.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One of two instances is killed with `kill -9` in the middle of its work. The other takes its tasks over, later the
/// killed one comes back. Every prompt ends exactly once, with the bytes it has when nobody is killed.
final class KillTest {

  private static final int PROMPTS = 500;

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  void everyPromptEndsOnceWithTheBytesOfAnUndisturbedRun() throws Exception {
    Cluster cluster = bed.startCluster();
    GeneratorInstance victim = bed.instance("victim").start();
    GeneratorInstance survivor = bed.instance("survivor").start();
    victim.awaitReady();
    survivor.awaitReady();
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      new Workload("undisturbed", 0, PROMPTS).sendTo(cluster);
      Account undisturbed = recount.awaitEnd(Patience.FOR_WORK);

      new Workload("disturbed", 0, PROMPTS).sendTo(cluster);
      Status before =
          victim.awaitStatus("is busy", status -> status.busySlots() >= 8 && status.inboxEntries() >= 50);
      Set<Integer> orphaned = cluster.partitionsOf(victim.name());
      victim.process().kill();
      Instant killed = Instant.now();
      awaitOutcomeIn(orphaned, killed, recount);
      victim.start().awaitReady();
      Instant back = Instant.now();
      recount.awaitEnd(Patience.FOR_WORK);
      Account account = recount.takeWithInbox();

      System.out.printf(
          "killed with %d busy slots and %d prompts in the inbox; longest silence of a partition %.1f s;"
              + " the killed one ready again after %.1f s%n",
          before.busySlots(),
          before.inboxEntries(),
          account.longestSilenceAfter(killed).toMillis() / 1e3,
          Duration.between(killed, back).toMillis() / 1e3);
      assertThat(account.prompts()).hasSize(2 * PROMPTS);
      assertThat(account.outcomes()).allMatch(outcome -> outcome.outcome().equals("COMPLETED"));
      account.mustHold(
          new NothingLost(),
          new NothingTwice(),
          new Accounted(),
          new NothingLeftBehind(),
          new EverythingInItsPlace(),
          new ContentAsNamed(),
          SameSeedSameBytes.as(undisturbed));
    }
  }

  private static void awaitOutcomeIn(Set<Integer> partitions, Instant after, Recount recount) {
    await("the other instance takes over")
        .atMost(Patience.FOR_A_PROCESS)
        .until(
            () ->
                recount.take().outcomes().stream()
                    .anyMatch(
                        outcome ->
                            partitions.contains(outcome.position().partition()) && outcome.at().isAfter(after)));
  }
}
