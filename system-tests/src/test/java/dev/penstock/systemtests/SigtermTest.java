package dev.penstock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.chaos.guarantee.Account;
import dev.penstock.chaos.guarantee.ContentAsNamed;
import dev.penstock.chaos.guarantee.EverythingInItsPlace;
import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.chaos.process.Status;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.TestBed;
import dev.penstock.systemtests.rig.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// SIGTERM while the model steps ends the process in order, each time: exit code 0, no crash of ONNX Runtime (whose
/// own shutdown hook would free its environment under the running step), and what was unfinished is finished by the
/// process that follows.
final class SigtermTest {

  private static final int TERMS = 20;
  private static final int PROMPTS_AT_ONCE = 20;
  private static final int MOST_PROMPTS = 4_000;

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  void twentyTermsUnderLoadEndTheProcessInOrderAndLoseNothing() throws Exception {
    Cluster cluster = bed.startCluster();
    GeneratorInstance instance = bed.instance("one");
    List<Long> stopMillis = new ArrayList<>();
    int prompts = 0;
    for (int term = 0; term < TERMS; term++) {
      instance.start().awaitReady();
      // Each time a little later. On a busy machine it may have written everything before anybody looks.
      int step = 4 * term;
      Optional<Status> status = Optional.empty();
      while (status.filter(s -> s.busySlots() >= 8 && s.steps() >= step).isEmpty()) {
        if (status.isEmpty() || status.get().inboxEntries() < PROMPTS_AT_ONCE) {
          new Workload("prompt", prompts, PROMPTS_AT_ONCE).sendTo(cluster);
          prompts += PROMPTS_AT_ONCE;
        }
        assertThat(prompts).as("prompts until it steps under load").isLessThan(MOST_PROMPTS);
        status = instance.status();
      }
      Instant sent = Instant.now();
      assertThat(instance.process().terminate()).as("exit code after SIGTERM %d", term + 1).isZero();
      stopMillis.add(Duration.between(sent, Instant.now()).toMillis());
      assertThat(instance.crashReports()).isEmpty();
    }
    instance.start();
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      Account account = recount.awaitEnd(Patience.FOR_WORK);
      System.out.printf("%d SIGTERMs, %d prompts, the process ended after %s ms%n", TERMS, prompts, stopMillis);
      assertThat(account.prompts()).hasSize(prompts);
      assertThat(account.outcomes()).allMatch(outcome -> outcome.outcome().equals("COMPLETED"));
      account.mustHold(new NothingLost(), new NothingTwice(), new EverythingInItsPlace(), new ContentAsNamed());
    }
  }
}
