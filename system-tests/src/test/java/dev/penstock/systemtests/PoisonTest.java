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
import dev.penstock.producer.PromptSender;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.systemtests.crashable.CrashableCommand;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.TestBed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A prompt that is poison ends as a dead letter, and nobody else does: neither its neighbours in the batch, nor who
/// happened to run when a process was killed. What fails in a step is found in halves, by one process; what brings the
/// process down is found by its flight recorder, over three crashes: one among others, two alone.
final class PoisonTest {

  private static final int NEIGHBOURS = 15;
  private static final int KILLS = Integer.getInteger("penstock.kills", 3);

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  void aPromptThatCrashesTheProcessIsQuarantinedAndItsNeighboursAreAnswered() throws Exception {
    Cluster cluster = bed.startCluster();
    GeneratorInstance instance = bed.instance(CrashableCommand.NAME, "one").start().awaitReady();
    send(cluster, CrashableCommand.CRASH);
    int crashes = 0;
    while (crashes < 3) {
      assertThat(instance.process().awaitExit()).as("exit code after crash %d", crashes + 1).isNotZero();
      assertThat(instance.crashReports()).hasSize(++crashes);
      instance.start();
    }
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      Account account = recount.awaitEnd(Patience.FOR_WORK);
      onlyThePoisonIsADeadLetter(account, "CRASHED_THE_PROCESS");
      assertThat(instance.crashReports()).hasSize(3);
    }
  }

  @Test
  void aPromptThatMakesTheStepFailIsQuarantinedAndItsNeighboursAreAnswered() throws Exception {
    Cluster cluster = bed.startCluster();
    GeneratorInstance instance = bed.instance(CrashableCommand.NAME, "one").start().awaitReady();
    send(cluster, CrashableCommand.THROW);
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      onlyThePoisonIsADeadLetter(recount.awaitEnd(Patience.FOR_WORK), "POISON");
      assertThat(instance.process().isAlive()).isTrue();
    }
  }

  @Test
  void killsInTheMiddleOfStepsChargeNobody() throws Exception {
    Cluster cluster = bed.startCluster();
    GeneratorInstance instance = bed.instance(CrashableCommand.NAME, "one");
    for (int kill = 0; kill < KILLS; kill++) {
      instance.start().awaitReady();
      send(cluster, "innocent", kill);
      instance.awaitStatus("is in the middle of a batch", status -> status.busySlots() >= 4 && status.steps() >= 10);
      instance.process().kill();
    }
    instance.start();
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      Account account = recount.awaitEnd(Patience.FOR_WORK);
      System.out.printf("%d kills, %d prompts, %d dead letters%n", KILLS, account.prompts().size(), deadLetters(account));
      assertThat(account.outcomes()).hasSize(KILLS * (NEIGHBOURS + 1)).allMatch(o -> o.outcome().equals("COMPLETED"));
      account.mustHold(new NothingLost(), new NothingTwice(), new EverythingInItsPlace(), new ContentAsNamed());
    }
    Path suspects = bed.folder().resolve("one").resolve("evidence").resolve("recorders").resolve("suspects.tsv");
    assertThat(suspects).satisfiesAnyOf(f -> assertThat(f).doesNotExist(), f -> assertThat(f).isEmptyFile());
    assertThat(Files.exists(suspects.getParent())).isTrue();
  }

  private static long deadLetters(Account account) {
    return account.outcomes().stream().filter(o -> o.outcome().equals("DEAD_LETTERED")).count();
  }

  private static void onlyThePoisonIsADeadLetter(Account account, String reason) {
    System.out.printf("%d prompts, %d dead letters%n", account.prompts().size(), deadLetters(account));
    assertThat(deadLetters(account)).isOne();
    assertThat(account.outcomes()).filteredOn(o -> reason.equals(o.reason())).hasSize(1);
    assertThat(account.outcomes()).filteredOn(o -> o.outcome().equals("COMPLETED")).hasSize(NEIGHBOURS);
    assertThat(account.contents()).noneMatch(content -> content.promptId().equals("poison"));
    account.mustHold(new NothingLost(), new NothingTwice(), new EverythingInItsPlace(), new ContentAsNamed());
  }

  private static void send(Cluster cluster, String poison) {
    send(cluster, poison, 0);
  }

  /// Sixteen at once, so that they meet in one batch; the special one in the middle.
  private static void send(Cluster cluster, String special, int round) {
    try (PromptSender sender = new PromptSender(cluster.clients(), cluster.registry())) {
      CompletableFuture<?>[] sent =
          IntStream.rangeClosed(0, NEIGHBOURS)
              .mapToObj(i -> sender.send(i == 8 ? prompt(special, round) : prompt("neighbour " + i, round)))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(sent).join();
    }
  }

  private static PromptRequested prompt(String text, int round) {
    boolean isPoison = text.equals(CrashableCommand.CRASH) || text.equals(CrashableCommand.THROW);
    String id = isPoison ? "poison" : text.replace(' ', '-') + "-" + round;
    return PromptRequested.newBuilder().setPromptId(id).setText(text).setParameters(Map.of()).build();
  }
}
