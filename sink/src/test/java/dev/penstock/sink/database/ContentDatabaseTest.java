package dev.penstock.sink.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.Alternate;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.FinishReason;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.TokenLogProbability;
import dev.penstock.schemas.VariantFailure;
import dev.penstock.sink.Samples;
import dev.penstock.sink.TestPostgres;
import dev.penstock.sink.arrival.Arrival;
import dev.penstock.sink.arrival.ContentArrival;
import dev.penstock.sink.arrival.OutcomeArrival;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A record comes back from the tables as it went in, field by field; offsets move only from where they stand, and
/// with the rows or not at all.
class ContentDatabaseTest {

  private static final TopicPartition PARTITION = new TopicPartition("penstock.content.v1", 3);
  private static final Uuid TOPIC_ID = Uuid.randomUuid();

  Database database;
  ContentDatabase tables;
  ContentQueries queries;

  @BeforeEach
  void open() {
    database = new Database(TestPostgres.newDatabase());
    tables = new ContentDatabase(database);
    queries = new ContentQueries(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void contentComesBackWithEveryFieldItHad() {
    byte[] words = "Other words.".getBytes(StandardCharsets.UTF_8);
    Alternate inline =
        Alternate.newBuilder()
            .setMediaType("text/plain")
            .setBody(ByteBuffer.wrap(words))
            .setBodySha256(Samples.sha256(words))
            .setScores(Map.of("relevance", -0.25, "nothing", Double.NaN))
            .build();
    Alternate elsewhere =
        Alternate.newBuilder()
            .setMediaType("image/png")
            .setBodyUri("file:///objects/acme/ab/abc")
            .setBodySha256("ab".repeat(32))
            .build();
    ContentGenerated content =
        Samples.text("p1", "Words with \"quotes\", ümlauts and 🧦.")
            .setSeed(Long.MIN_VALUE)
            .setAlternates(List.of(inline, elsewhere))
            .setTemplateVersion("slogan@3")
            .setFinishReason(FinishReason.LENGTH)
            .setChunkCount(7)
            .setChunksSha256("cd".repeat(32))
            .setGuardVerdict("allow")
            .setGuardScores(Map.of("toxicity", 0.02))
            .setLogProbabilities(
                List.of(new TokenLogProbability(5, "Words", -0.125), new TokenLogProbability(9, " \"", 0.0)))
            .setLabelState("written")
            .setSignatureState("signed")
            .setReviewState("approved")
            .setDecisionId("decision-1")
            .setReplayOf("penstock.prompts.v1-0@5")
            .setRerollOf("p0")
            .build();

    tables.write(List.of(arrival(content, 9)), List.of());

    StoredContent stored = queries.byId(UUID.fromString(content.getContentId())).orElseThrow();
    assertThat(stored.content()).isEqualTo(content);
    assertThat(String.valueOf(stored.position())).isEqualTo("penstock.content.v1-3@9");
    assertThat(stored.traceParent()).isEqualTo("00-trace-01");
  }

  @Test
  void outcomesComeBackWithEveryFieldTheyHad() {
    PromptOutcome outcome =
        Samples.outcome("p1", 11)
            .setOutcome(Outcome.PARTIAL)
            .setReason("SOME_FAILED")
            .setMessage("1 of 2 variants failed")
            .setFailures(List.of(new VariantFailure(1, "TOO_LARGE", "it is too large")))
            .setDuplicateOf("p0")
            .setReplayOf("penstock.prompts.v1-0@5")
            .build();

    tables.write(List.of(new OutcomeArrival(record("penstock.outcomes.v1", 2), outcome)), List.of());

    assertThat(queries.outcomes("p1", "PARTIAL", 10)).extracting(StoredOutcome::outcome).containsExactly(outcome);
  }

  @Test
  void outcomesWithoutPromptIdAreKeptByPosition() {
    PromptOutcome nameless = Samples.outcome("x", 12).setPromptId(null).setTenant(null).build();

    tables.write(List.of(new OutcomeArrival(record("penstock.outcomes.v1", 2), nameless)), List.of());

    assertThat(queries.outcomes(null, null, 10)).extracting(StoredOutcome::outcome).containsExactly(nameless);
  }

  @Test
  void anOffsetMovesOnlyFromWhereItStandsAndOnlyWithItsRows() {
    tables.begin(Map.of(PARTITION, new StoredOffset(TOPIC_ID, 5)));
    Arrival arrival = arrival(Samples.text("p1", "text").build(), 5);

    assertThatThrownBy(
            () -> tables.write(List.of(arrival), List.of(new OffsetMove(PARTITION, TOPIC_ID, 4, 6))))
        .isInstanceOf(StaleOffsetException.class);
    assertThat(queries.newest(ContentFilter.ALL, null, 10).items()).isEmpty();

    tables.write(List.of(arrival), List.of(new OffsetMove(PARTITION, TOPIC_ID, 5, 6)));
    assertThat(tables.offsets(List.of(PARTITION))).containsEntry(PARTITION, new StoredOffset(TOPIC_ID, 6));
  }

  @Test
  void aKnownPartitionKeepsItsOffsetUnlessItsTopicIsAnother() {
    tables.begin(Map.of(PARTITION, new StoredOffset(TOPIC_ID, 5)));
    tables.begin(Map.of(PARTITION, new StoredOffset(TOPIC_ID, 0)));
    assertThat(tables.offsets(List.of(PARTITION))).containsEntry(PARTITION, new StoredOffset(TOPIC_ID, 5));

    Uuid another = Uuid.randomUuid();
    tables.begin(Map.of(PARTITION, new StoredOffset(another, 0)));
    assertThat(tables.offsets(List.of(PARTITION))).containsEntry(PARTITION, new StoredOffset(another, 0));
  }

  @Test
  void countsEachRecordOnceAsAddedReplacedOrDuplicate() {
    Arrival first = arrival(Samples.text("p1", "one").build(), 1);
    Arrival second = arrival(Samples.text("p1", "two").build(), 2);

    assertThat(tables.write(List.of(first, second, first), List.of())).isEqualTo(new Written(1, 1, 1, 0));
    assertThat(tables.write(List.of(second), List.of())).isEqualTo(new Written(0, 0, 1, 0));
  }

  @Test
  void theSummaryIsAboutTheLastDay() {
    Instant now = Instant.now();
    tables.write(
        List.of(
            arrival(Samples.text("old", "old").build(), 1),
            arrival(
                Samples.text("new", "new")
                    .setTimings(new dev.penstock.schemas.Timings(now.minusSeconds(9), now.minusSeconds(6), 1L, 1L, 1L))
                    .build(),
                2)),
        List.of());

    Summary summary = queries.summary();

    boolean isSampleOfToday = Samples.REQUESTED.isAfter(now.minus(Duration.ofDays(1)));
    assertThat(summary.contentCount()).isEqualTo(isSampleOfToday ? 2 : 1);
    assertThat(summary.slowLatency()).isEqualTo(Duration.ofSeconds(3));
    assertThat(summary.parked()).isZero();
  }

  @Test
  void listsTheCampaignsAndModelsThatThereAre() {
    tables.write(
        List.of(
            arrival(Samples.text("a", "x").setCampaign("b").build(), 1),
            arrival(Samples.text("b", "x").setCampaign("a").build(), 2),
            arrival(Samples.text("c", "x").setCampaign("b").build(), 3),
            arrival(Samples.text("d", "x").setCampaign(null).build(), 4)),
        List.of());

    assertThat(queries.choices("campaign")).containsExactly("a", "b");
    assertThat(queries.choices("model_name")).containsExactly("tiny-copywriter");
  }

  @Test
  void anEmptyDatabaseIsMigratedOnceHoweverOftenItIsAsked() {
    DatabaseSettings empty = TestPostgres.emptyDatabase();
    try (Database fresh = new Database(empty)) {
      fresh.migrate();
      fresh.migrate();
      assertThat(new ContentQueries(fresh).newest(ContentFilter.ALL, null, 1).items()).isEmpty();
    }
  }

  private static ContentArrival arrival(ContentGenerated content, long offset) {
    return new ContentArrival(
        record("penstock.content.v1", offset), UUID.fromString(content.getContentId()), content);
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, long offset) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(topic, 3, offset, new byte[0], new byte[0]);
    record.headers().add("traceparent", "00-trace-01".getBytes(StandardCharsets.UTF_8));
    return record;
  }
}
