package dev.penstock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.chaos.guarantee.Account;
import dev.penstock.chaos.guarantee.ContentAsNamed;
import dev.penstock.chaos.guarantee.EverythingInItsPlace;
import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.chaos.process.Status;
import dev.penstock.schemas.Topic;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.TestBed;
import dev.penstock.systemtests.rig.Workload;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An instance is frozen (a long pause of its machine, here SIGSTOP) until its session has ended and another instance
/// has done its work. When it wakes it still holds finished results and tries to commit them; that must be refused.
///
/// The hole this guards is open only for an instance that has committed no offsets of input since it started, as
/// Kafka checks a transaction against the group only where it commits offsets. So the frozen process is one that took
/// up the inbox of the process before it and has got no prompt of its own. It looks for results every few seconds
/// only, so that some are there, and no transaction is open, when it is frozen: an open one would be aborted while it
/// sleeps, and its producer refused for that reason.
final class FrozenInstanceTest {

  private static final int PROMPTS = 300;
  private static final Map<String, String> SELDOM = Map.of("kafka.poll.ms", "3000");

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  void whatItFinishedBeforeIsNotCommittedWhenItWakes() throws Exception {
    Cluster cluster = bed.startCluster();
    cluster.clients().createTopics(Topic.DEFAULT_PARTITIONS, (short) 1);
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      new Workload("before", 0, PROMPTS).sendTo(cluster);
      GeneratorInstance sleeper = bed.instance("sleeper").start();
      await("all prompts are accepted").atMost(Patience.FOR_WORK).until(() -> cluster.accepted() == PROMPTS);
      sleeper.process().kill();
      sleeper.start(SELDOM);
      Status frozen = sleeper.awaitStatus("holds results", FrozenInstanceTest::holdsResults);
      sleeper.process().freeze();

      bed.instance("other").start();
      Account whileItSlept = recount.awaitEnd(Patience.FOR_WORK);
      sleeper.process().resume();
      // It gives its old tasks up, with what they tried to commit, before it joins again.
      await("the woken instance has tasks again")
          .atMost(Patience.FOR_A_PROCESS)
          .until(() -> !cluster.partitionsOf(sleeper.name()).isEmpty());
      new Workload("after", PROMPTS, 60).sendTo(cluster);
      Account account = recount.awaitEnd(Patience.FOR_WORK);

      System.out.printf(
          "frozen with %d prompts in the inbox, %d of them finished and not yet forwarded, %d slots busy%n",
          frozen.inboxEntries(), frozen.unharvested(), frozen.busySlots());
      assertThat(whileItSlept.ended()).isEqualTo(PROMPTS);
      assertThat(sleeper.process().output()).containsOnlyOnce("this instance was replaced while it was away");
      account.mustHold(new NothingLost(), new NothingTwice(), new EverythingInItsPlace(), new ContentAsNamed());
    }
  }

  /// Thirty steps are more than it takes to hand all prompts to the engine, so what the engine has not is finished.
  private static boolean holdsResults(Status status) {
    return status.steps() >= 30 && status.busySlots() >= 8 && status.unharvested() >= 8;
  }
}
