package dev.penstock.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.chaos.guarantee.Account;
import dev.penstock.chaos.guarantee.ContentAsNamed;
import dev.penstock.chaos.guarantee.EverythingInItsPlace;
import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.PythonEnvironment.Result;
import dev.penstock.systemtests.rig.PythonEnvironment;
import dev.penstock.systemtests.rig.TestBed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The example for Python, which has Confluent's client and no code of ours, sends prompts and reads their contents;
/// the same seed brings the same words, and what is refused brings the sentence that says why.
final class PythonClientTest {

  private static final Path EXAMPLE = Path.of(System.getenv("PENSTOCK_HOME"), "examples", "python");
  private static final String PROMPT = "Write one short advertising slogan for a waterproof hiking boot.";

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  void sendsPromptsAndReadsWhatBecameOfThem() throws Exception {
    PythonEnvironment python = PythonEnvironment.with(EXAMPLE.resolve("requirements.txt"));
    Cluster cluster = bed.startCluster();
    bed.instance("one").start().awaitReady();

    Result slogan = send(python, cluster, "--seed", "7");
    assertThat(slogan.exitCode()).as(slogan.output()).isZero();
    assertThat(slogan.output()).isNotBlank();
    assertThat(send(python, cluster, "--seed", "7")).isEqualTo(slogan);

    Result refused = send(python, cluster, "--model", "no-such-model");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("REJECTED UNKNOWN_MODEL", "served are tiny-copywriter@");

    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      Account account = recount.take();
      assertThat(account.prompts()).hasSize(3);
      assertThat(account.contents())
          .extracting(content -> UTF_8.decode(content.body()).toString())
          .containsExactly(slogan.output().strip(), slogan.output().strip());
      account.mustHold(new NothingLost(), new NothingTwice(), new EverythingInItsPlace(), new ContentAsNamed());
    }
  }

  private static Result send(PythonEnvironment python, Cluster cluster, String option, String value)
      throws IOException {
    return python.run(
        EXAMPLE.resolve("prompt.py").toString(),
        PROMPT,
        "--bootstrap-servers",
        cluster.bootstrapServers(),
        "--schema-registry",
        cluster.registryUrl(),
        option,
        value);
  }
}
