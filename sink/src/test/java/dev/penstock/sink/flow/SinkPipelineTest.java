package dev.penstock.sink.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.sink.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each record of the content and outcome topics has its effect on the tables exactly once: whatever crashes,
/// repeats, moves to another instance or is away for a while, the tables end as if nothing had happened, and the
/// stored offsets always agree with the rows.
class SinkPipelineTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  private static final List<TopicPartition> ALL =
      List.of(SinkRig.content(0), SinkRig.content(1), SinkRig.outcomes(0), SinkRig.outcomes(1));
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};

  @TempDir Path folder;

  SinkRig rig;

  @BeforeEach
  void open() {
    rig = new SinkRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void storesContentAndOutcomesWithTheirOffsets() {
    rig.append(0, T0, Samples.text("p1", "Warm socks for cold mornings.").build());
    rig.append(0, T0, Samples.outcome("p1", 7).build());

    try (RunningSink sink = rig.sink(ALL)) {
      await().until(() -> rig.rows("outcome") == 1);

      assertThat(rig.nextOffset(SinkRig.content(0))).isEqualTo(1);
      assertThat(rig.nextOffset(SinkRig.outcomes(0))).isEqualTo(1);
      assertThat(bodyText("p1")).isEqualTo("Warm socks for cold mornings.");
      assertThat(sink.counts.of(Count.ROWS_ADDED)).isEqualTo(2);
      assertThat(sink.counts.of(Count.DUPLICATES)).isZero();
    }
  }

  @Test
  void keepsPicturesInTheObjectStoreAndExportsThemAsFiles() throws IOException {
    rig.append(0, T0, Samples.picture("p1", PNG).build());

    runUntil(() -> rig.rows("content") == 1);

    String uri = rig.sql.withHandle(h -> h.createQuery("select body_uri from content").mapTo(String.class).one());
    assertThat(rig.store.get(URI.create(uri))).isEqualTo(PNG);
    Path export =
        rig.exports.resolve(
            "acme/2026-11-22/%s-%s.png".formatted(Ids.contentId("p1", 0), Samples.sha256(PNG).substring(0, 8)));
    assertThat(export).hasBinaryContent(PNG);
  }

  @Test
  void aCrashBetweenObjectsAndCommitLosesNothingAndDoublesNothing() throws IOException {
    for (int i = 0; i < 20; i++) rig.append(i % 2, T0, Samples.picture("p" + i, new byte[] {(byte) i}).build());
    ObjectStore dying = new DyingStore(rig.store, 7);

    try (RunningSink first = rig.sink(ALL, dying)) {
      await().until(first.ended()::isCompletedExceptionally);
    }
    assertThat(rig.rows("content")).isZero();
    assertThat(objects()).isEqualTo(7);

    try (RunningSink second = rig.sink(ALL)) {
      await().until(() -> rig.rows("content") == 20);
      assertThat(second.counts.of(Count.ROWS_ADDED)).isEqualTo(20);
    }
    assertThat(objects()).isEqualTo(20);
  }

  @Test
  void aRestartReadsOnlyWhatTheTablesDoNotHave() {
    for (int i = 0; i < 30; i++) rig.append(0, T0, Samples.text("a" + i, "text").build());
    runUntil(() -> rig.rows("content") == 30);
    for (int i = 0; i < 5; i++) rig.append(0, T0, Samples.text("b" + i, "text").build());

    try (RunningSink second = rig.sink(ALL)) {
      await().until(() -> rig.rows("content") == 35);
      assertThat(second.counts.of(Count.CONTENT_READ)).isEqualTo(5);
      assertThat(second.counts.of(Count.DUPLICATES)).isZero();
    }
  }

  @Test
  void aReplayOfTheWholeTopicChangesNothingAndIsCounted() {
    for (int i = 0; i < 30; i++) rig.append(0, T0, Samples.text("p" + i, "text " + i).build());
    for (int i = 0; i < 30; i++) rig.append(0, T0, Samples.outcome("p" + i, i).build());
    runUntil(() -> rig.rows("content") == 30 && rig.rows("outcome") == 30);
    rig.sql.useHandle(h -> h.execute("delete from kafka_offsets"));

    try (RunningSink second = rig.sink(ALL)) {
      await().until(() -> second.counts.of(Count.CONTENT_READ) == 30 && second.counts.of(Count.OUTCOMES_READ) == 30);
      assertThat(second.counts.of(Count.DUPLICATES)).isEqualTo(60);
      assertThat(second.counts.of(Count.ROWS_ADDED)).isZero();
    }
    assertThat(rig.rows("content")).isEqualTo(30);
  }

  @Test
  void ofTwoRecordsWithOneContentIdTheLaterStandsInWhateverOrderTheyArrive() {
    rig.append(0, T0.plusSeconds(9), Samples.text("p1", "later, arrives first").build());
    rig.append(0, T0, Samples.text("p1", "earlier, arrives second").build());
    rig.append(0, T0, Samples.text("p2", "same time, lower offset").build());
    rig.append(0, T0, Samples.text("p2", "same time, higher offset").build());

    try (RunningSink sink = rig.sink(ALL)) {
      await().until(() -> sink.counts.of(Count.CONTENT_READ) == 4);

      assertThat(bodyText("p1")).isEqualTo("later, arrives first");
      assertThat(bodyText("p2")).isEqualTo("same time, higher offset");
      assertThat(sink.counts.of(Count.ROWS_ADDED)).isEqualTo(2);
      assertThat(sink.counts.of(Count.ROWS_REPLACED)).isEqualTo(1);
      assertThat(sink.counts.of(Count.DUPLICATES)).isEqualTo(1);
    }
  }

  @Test
  void partitionsThatMoveToAnotherInstanceGoOnWhereTheFirstStopped() {
    for (int i = 0; i < 40; i++) rig.append(i % 2, T0, Samples.text("a" + i, "text").build());
    try (RunningSink first = rig.sink(ALL)) {
      await().until(() -> rig.rows("content") == 40);
      first.assign(List.of(SinkRig.content(0), SinkRig.outcomes(0)));
      try (RunningSink second = rig.sink(List.of(SinkRig.content(1), SinkRig.outcomes(1)))) {
        for (int i = 0; i < 40; i++) rig.append(i % 2, T0, Samples.text("b" + i, "text").build());
        await().until(() -> rig.rows("content") == 80);

        assertThat(first.counts.of(Count.CONTENT_READ)).isEqualTo(60);
        assertThat(second.counts.of(Count.CONTENT_READ)).isEqualTo(20);
        assertThat(second.counts.of(Count.DUPLICATES)).isZero();
      }
    }
  }

  @Test
  void anInstanceThatWasReplacedWhileItSleptCommitsNothing() throws Exception {
    for (int i = 0; i < 10; i++) rig.append(0, T0, Samples.picture("p" + i, new byte[] {(byte) i}).build());
    SleepingStore sleeping = new SleepingStore(rig.store);

    try (RunningSink zombie = rig.sink(ALL, sleeping)) {
      sleeping.asleep.await();
      try (RunningSink successor = rig.sink(ALL)) {
        await().until(() -> rig.rows("content") == 10);
        sleeping.wake.countDown();
        rig.append(0, T0, Samples.text("after", "text").build());
        await().until(() -> rig.rows("content") == 11);
        assertThat(zombie.counts.of(Count.ROWS_ADDED) + successor.counts.of(Count.ROWS_ADDED)).isEqualTo(11);
        assertThat(zombie.counts.of(Count.DUPLICATES)).isZero();
      }
    }
  }

  @Test
  void aRecordThatIsNotWhatItsTopicPromisesIsParkedWithItsBytesAndTheStreamGoesOn() {
    byte[] garbage = "not avro".getBytes(StandardCharsets.UTF_8);
    rig.append(SinkRig.content(0), T0, garbage);
    rig.append(0, T0, Samples.text("good", "text").build());

    try (RunningSink sink = rig.sink(ALL)) {
      await().until(() -> rig.rows("content") == 1);
      assertThat(sink.counts.of(Count.PARKED)).isEqualTo(1);
    }
    var parked =
        rig.sql.withHandle(h -> h.createQuery("select record_offset, record_value, reason from unreadable").mapToMap().one());
    assertThat(parked.get("record_offset")).isEqualTo(0L);
    assertThat((byte[]) parked.get("record_value")).isEqualTo(garbage);
    assertThat(parked.get("reason")).isEqualTo("NOT_FRAMED");
  }

  @Test
  void aBodyThatDoesNotMatchItsHashIsParked() {
    rig.append(0, T0, Samples.text("p1", "text").setBodySha256("0".repeat(64)).build());

    try (RunningSink sink = rig.sink(ALL)) {
      await().until(() -> sink.counts.of(Count.PARKED) == 1);
    }
    assertThat(rig.rows("content")).isZero();
  }

  @Test
  void aRecordThatTheDatabaseRefusesIsParkedAloneAndItsBatchIsWritten() {
    AvroSerializer<ContentGenerated> serializer = new AvroSerializer<>(rig.registry, Topic.CONTENT);
    Instant beyondPostgres = Instant.ofEpochMilli(Long.MAX_VALUE / 2);
    var timings = new dev.penstock.schemas.Timings(beyondPostgres, beyondPostgres, 1L, 1L, 1L);
    rig.append(0, T0, Samples.text("before", "text").build());
    rig.append(
        SinkRig.content(0), T0, serializer.serialize(Samples.text("bad", "text").setTimings(timings).build()));
    rig.append(0, T0, Samples.text("after", "text").build());

    try (RunningSink sink = rig.sink(ALL)) {
      await().until(() -> rig.rows("content") == 2);
      assertThat(sink.counts.of(Count.PARKED)).isEqualTo(1);
      assertThat(rig.nextOffset(SinkRig.content(0))).isEqualTo(3);
    }
  }

  @Test
  void textThatPostgresCannotHoldIsReadableThereAndExactInTheObjectStore() throws IOException {
    String text = "zero \0 byte";
    rig.append(0, T0, Samples.text("p1", text).setCampaign("a\0b").build());

    runUntil(() -> rig.rows("content") == 1);
    assertThat(bodyText("p1")).isEqualTo("zero \ufffd byte");
    String uri = rig.sql.withHandle(h -> h.createQuery("select body_uri from content").mapTo(String.class).one());
    assertThat(rig.store.get(URI.create(uri))).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTopicThatWasCreatedAnewIsReadFromItsBeginning() {
    for (int i = 0; i < 5; i++) rig.append(0, T0, Samples.text("old" + i, "text").build());
    runUntil(() -> rig.rows("content") == 5);
    rig.createTopicsAnew();
    for (int i = 0; i < 8; i++) rig.append(0, T0, Samples.text("new" + i, "text").build());

    runUntil(() -> rig.rows("content") == 13);
    assertThat(rig.nextOffset(SinkRig.content(0))).isEqualTo(8);
  }

  @Test
  void waitsWhileTheRegistryIsAwayAndThenGoesOn() {
    rig.append(0, T0, Samples.text("p1", "text").build());
    rig.registry.away(true);

    try (RunningSink sink = rig.sink(ALL)) {
      await().until(() -> sink.counts.of(Count.WAITS) >= 2);
      assertThat(rig.rows("content")).isZero();
      rig.registry.away(false);
      await().until(() -> rig.rows("content") == 1);
    }
    assertThat(rig.printed())
        .containsOnlyOnce("sink: waiting for the schema registry: the registry is switched off")
        .contains("sink: going on");
  }

  @Test
  void waitsWhileTheObjectStoreCannotBeWrittenAndThenGoesOn() {
    AtomicBoolean isFull = new AtomicBoolean(true);
    rig.append(0, T0, Samples.picture("p1", PNG).build());

    try (RunningSink sink = rig.sink(ALL, new FullStore(rig.store, isFull))) {
      await().until(() -> sink.counts.of(Count.WAITS) >= 1);
      isFull.set(false);
      await().until(() -> rig.rows("content") == 1);
    }
    assertThat(rig.printed()).contains("waiting for the object store").contains("no space left");
  }

  /// One life of a sink that has all partitions.
  private void runUntil(Callable<Boolean> isDone) {
    RunningSink sink = rig.sink(ALL);
    try {
      await().until(isDone);
    } finally {
      sink.close();
    }
  }

  private String bodyText(String promptId) {
    return rig.sql.withHandle(
        h ->
            h.createQuery("select body_text from content where content_id = ?")
                .bind(0, UUID.fromString(Ids.contentId(promptId, 0)))
                .mapTo(String.class)
                .one());
  }

  private long objects() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /// Ends the sink, as a kill would, after some objects.
  private static final class DyingStore implements ObjectStore {
    private final ObjectStore store;
    private int left;

    DyingStore(ObjectStore store, int left) {
      this.store = store;
      this.left = left;
    }

    @Override
    public URI put(String tenant, byte[] body) throws IOException {
      if (left-- == 0) throw new Error("killed");
      return store.put(tenant, body);
    }

    @Override
    public byte[] get(URI uri) throws IOException {
      return store.get(uri);
    }
  }

  /// Falls asleep in its first put.
  private record SleepingStore(ObjectStore store, CountDownLatch asleep, CountDownLatch wake)
      implements ObjectStore {

    SleepingStore(ObjectStore store) {
      this(store, new CountDownLatch(1), new CountDownLatch(1));
    }

    @Override
    public URI put(String tenant, byte[] body) throws IOException {
      asleep.countDown();
      try {
        wake.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return store.put(tenant, body);
    }

    @Override
    public byte[] get(URI uri) throws IOException {
      return store.get(uri);
    }
  }

  private record FullStore(ObjectStore store, AtomicBoolean isFull) implements ObjectStore {

    @Override
    public URI put(String tenant, byte[] body) throws IOException {
      if (isFull.get()) throw new IOException("no space left on device");
      return store.put(tenant, body);
    }

    @Override
    public byte[] get(URI uri) throws IOException {
      return store.get(uri);
    }
  }
}
