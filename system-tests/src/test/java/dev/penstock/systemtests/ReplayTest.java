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
import dev.penstock.runtime.cli.Penstock;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.systemtests.crashable.CrashableCommand;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.TestBed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/// Prompts that all failed for one cause are sent again once it is mended: each gets its content, and however often
/// the replay is repeated, at the same moment, while it is under way and afterwards, nothing more comes of it.
final class ReplayTest {

  private static final int LETTERS = 1_000;

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  void aThousandDeadLettersGiveAThousandContentsAndThenNoMore() throws Exception {
    Cluster cluster = bed.startCluster();
    GeneratorInstance instance = bed.instance(CrashableCommand.NAME, "one").start().awaitReady();
    send(cluster);
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      Account failed = recount.awaitEnd(Patience.FOR_WORK);
      assertThat(count(failed, "DEAD_LETTERED")).isEqualTo(LETTERS);
      instance.process().terminate();
      instance.start(Map.of("models", "mended")).awaitReady();

      // Two people at once: neither plan sees what the other is about to send.
      CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> replay(cluster));
      String first = replay(cluster);
      String second = other.join();
      String meanwhile = replay(cluster);
      Account mended = recount.awaitEnd(Patience.FOR_WORK);
      String afterwards = replay(cluster);

      long replays = mended.prompts().size() - LETTERS;
      System.out.printf(
          "replay: %s, and at the same time %s; again: %s; afterwards: %s; %d replays, %d contents, %d duplicates%n",
          first, second, meanwhile, afterwards, replays, mended.contents().size(), count(mended, "DUPLICATE_OF"));
      assertThat(List.of(first, second)).anyMatch(said -> said.startsWith("1,000 sent again"));
      assertThat(afterwards).isEqualTo("0 sent again, 1,000 left out: ended again since");
      assertThat(count(mended, "COMPLETED")).isEqualTo(LETTERS);
      assertThat(count(mended, "DUPLICATE_OF")).isEqualTo(replays - LETTERS);
      assertThat(mended.contents()).hasSize(LETTERS);
      mended.mustHold(new NothingLost(), new NothingTwice(), new EverythingInItsPlace(), new ContentAsNamed());
      assertThat(recount.take().prompts()).hasSameSizeAs(mended.prompts());
    }
  }

  private static long count(Account account, String outcome) {
    return account.outcomes().stream().filter(o -> o.outcome().equals(outcome)).count();
  }

  private static void send(Cluster cluster) {
    try (PromptSender sender = new PromptSender(cluster.clients(), cluster.registry())) {
      CompletableFuture<?>[] sent =
          IntStream.range(0, LETTERS)
              .mapToObj(
                  i ->
                      sender.send(
                          PromptRequested.newBuilder()
                              .setPromptId("letter-" + i)
                              .setText(CrashableCommand.REFUSE + " " + i)
                              .build()))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(sent).join();
    }
  }

  /// What the command says, in one line.
  private static String replay(Cluster cluster) {
    StringWriter out = new StringWriter();
    List<String> command = new ArrayList<>(List.of("dead-letters", "replay", "--all", "--rate", "0"));
    command.addAll(List.of("--set", "kafka.bootstrap.servers=" + cluster.bootstrapServers()));
    command.addAll(List.of("--set", "schema.registry.url=" + cluster.registryUrl()));
    CommandLine line = Penstock.commandLine().setOut(new PrintWriter(out, true));
    assertThat(line.execute(command.toArray(String[]::new))).isZero();
    return out.toString().strip().replace("\n", ", ");
  }
}
