package dev.penstock.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.chaos.guarantee.ChunksMatchSeal;
import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.producer.answers.Received;
import dev.penstock.producer.answers.StreamedTexts;
import dev.penstock.producer.answers.TopicReader;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.systemtests.rig.Cluster;
import dev.penstock.systemtests.rig.PythonEnvironment;
import dev.penstock.systemtests.rig.TestBed;
import dev.penstock.systemtests.rig.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An instance is killed while it tells texts. What it was telling begins anew elsewhere under other execution ids;
/// the chunks of every execution that a content record names are the content, and readers in Java and Python see so.
final class KilledStreamTest {

  private static final int PROMPTS = 200;
  private static final int SEEN_BEFORE_THE_KILL = 100;
  private static final Path EXAMPLE = Path.of(System.getenv("PENSTOCK_HOME"), "examples", "python");

  @RegisterExtension final TestBed bed = new TestBed();

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theChunksOfEveryNamedExecutionAreItsContent() throws Exception {
    PythonEnvironment python = PythonEnvironment.with(EXAMPLE.resolve("requirements.txt"));
    Cluster cluster = bed.startCluster();
    GeneratorInstance victim = bed.instance("victim").start();
    GeneratorInstance survivor = bed.instance("survivor").start();
    victim.awaitReady();
    survivor.awaitReady();
    try (Recount recount = new Recount(cluster.bootstrapServers(), cluster.registryUrl())) {
      new Workload("told", 0, PROMPTS, true).sendTo(cluster);
      awaitChunks(cluster);
      victim.awaitStatus("is busy", status -> status.busySlots() >= 8);
      victim.process().kill();
      recount.awaitEnd(Patience.FOR_WORK).mustHold(new NothingLost(), new NothingTwice(), new ChunksMatchSeal());
    }
    List<ContentChunk> chunks = chunks(cluster);
    List<ContentGenerated> contents = contents(cluster);

    int givenUp = chunksAreTheContents(chunks, contents);
    assertThat(givenUp).as("executions that the kill ended").isPositive();
    PythonEnvironment.Result seen =
        python.run(
            EXAMPLE.resolve("stream.py").toString(), "--check", "--timeout", "5",
            "--bootstrap-servers", cluster.bootstrapServers(), "--schema-registry", cluster.registryUrl());
    assertThat(seen.output())
        .contains("%d contents are their chunks, %d executions were given up".formatted(contents.size(), givenUp));
    System.out.printf(
        "%d contents in %d chunks; %d executions were given up%n", contents.size(), chunks.size(), givenUp);
  }

  /// Until texts are being told, so that the kill hits some half-way.
  private static void awaitChunks(Cluster cluster) {
    try (TopicReader<ContentChunk> reader = TopicReader.ofChunks(cluster.clients(), cluster.registry(), new ReadFrom.Beginning())) {
      int seen = 0;
      while (seen < SEEN_BEFORE_THE_KILL) seen += reader.poll(Duration.ofMillis(100)).size();
    }
  }

  /// @return how many executions nothing names
  private int chunksAreTheContents(List<ContentChunk> chunks, List<ContentGenerated> contents) throws IOException {
    ContentBodies bodies = new ContentBodies(ObjectStore.open(bed.folder().resolve("objects").toUri()));
    StreamedTexts texts = new StreamedTexts();
    chunks.forEach(texts::add);
    Set<String> executions = new HashSet<>();
    for (ContentChunk chunk : chunks) executions.add(chunk.getExecutionId());
    for (ContentGenerated content : contents) {
      assertThat(content.getChunkCount()).as(content.getPromptId()).isNotNull();
      assertThat(texts.seal(content, bodies.of(content)))
          .as("%s: %s", content.getPromptId(), new String(bodies.of(content), UTF_8))
          .isEqualTo(new StreamedTexts.End.Sealed("", true));
      executions.remove(content.getExecutionId());
    }
    return executions.size();
  }

  private static List<ContentChunk> chunks(Cluster cluster) {
    try (TopicReader<ContentChunk> reader = TopicReader.ofChunks(cluster.clients(), cluster.registry(), new ReadFrom.Beginning())) {
      return all(reader::poll, reader::isAtEnd);
    }
  }

  private static List<ContentGenerated> contents(Cluster cluster) {
    try (TopicReader<ContentGenerated> reader = TopicReader.ofContent(cluster.clients(), cluster.registry(), new ReadFrom.Beginning())) {
      return all(reader::poll, reader::isAtEnd);
    }
  }

  private static <T> List<T> all(Function<Duration, List<Received<T>>> poll, BooleanSupplier isAtEnd) {
    List<T> all = new ArrayList<>();
    while (!isAtEnd.getAsBoolean()) poll.apply(Duration.ofMillis(100)).forEach(received -> all.add(received.value()));
    return all;
  }
}
