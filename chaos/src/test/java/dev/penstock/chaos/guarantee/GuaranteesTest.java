package dev.penstock.chaos.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.chaos.guarantee.Account.Chunk;
import dev.penstock.chaos.guarantee.Account.Content;
import dev.penstock.chaos.guarantee.Account.Inbox;
import dev.penstock.chaos.guarantee.Account.Outcome;
import dev.penstock.chaos.guarantee.Account.Position;
import dev.penstock.chaos.guarantee.Account.Prompt;
import dev.penstock.chaos.guarantee.Account.Seal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/// Every guarantee holds of an account in order, and names what is wrong with one that is not.
final class GuaranteesTest {

  private static final Inbox EMPTY = new Inbox(Map.of(0, 2L), Set.of());
  private static final Account IN_ORDER =
      new Account(
          List.of(prompt(0, "k"), prompt(1, "k")),
          List.of(outcome(0, 0, "COMPLETED"), outcome(1, 1, "COMPLETED")),
          List.of(content(0, "one two", seal("one two", 2)), content(1, "three", null)),
          List.of(new Chunk("e0", 1, " two"), new Chunk("e0", 0, "one"), new Chunk("given up", 0, "on")),
          EMPTY);

  @Test
  void allHoldOfAnAccountInOrder() {
    SinkExactlyOnce sink =
        new SinkExactlyOnce(
            List.of(Map.entry("c0", sha256("one two")), Map.entry("c1", sha256("three"))), List.of(source(0), source(1)));
    IN_ORDER.mustHold(
        new NothingLost(), new NothingTwice(), new Accounted(), new NothingLeftBehind(), new OrderedPerKey(),
        new ChunksMatchSeal(), SameSeedSameBytes.as(IN_ORDER), new InnocentsSpared(), new AllCompleted(),
        new ContentAsNamed(), new EverythingInItsPlace(), sink, new NoSlotLeaked(Map.of("one", 0L)));
  }

  @Test
  void aPromptWithoutOutcomeIsLost() {
    assertThat(new NothingLost().violations(with(List.of(outcome(0, 0, "COMPLETED"))))).singleElement().asString().contains("p1");
  }

  @Test
  void aSecondOutcomeAndASecondContentAreTwice() {
    Account twice =
        new Account(
            IN_ORDER.prompts(),
            List.of(outcome(0, 0, "COMPLETED"), outcome(1, 0, "COMPLETED")),
            List.of(content(0, "a", null), content(0, "a", null)), List.of(), EMPTY);
    assertThat(new NothingTwice().violations(twice)).hasSize(2);
  }

  @Test
  void anAcceptedPromptNeedsAnOutcomeOrAnEntryInTheInbox() {
    List<Outcome> one = List.of(outcome(0, 0, "COMPLETED"));
    assertThat(new Accounted().violations(with(one))).singleElement().asString().contains("p1");
    assertThat(new Accounted().violations(with(one, new Inbox(Map.of(0, 2L), Set.of(source(1)))))).isEmpty();
    assertThat(new Accounted().violations(with(one, new Inbox(Map.of(0, 1L), Set.of())))).isEmpty();
  }

  @Test
  void aPromptThatEndedMayNotStayInTheInbox() {
    Account left = with(IN_ORDER.outcomes(), new Inbox(Map.of(0, 2L), Set.of(source(0))));
    assertThat(new NothingLeftBehind().violations(left)).hasSize(1);
  }

  @Test
  void promptsOfOneKeyMayNotEndInAnotherOrder() {
    Account swapped = with(List.of(outcome(0, 1, "COMPLETED"), outcome(1, 0, "COMPLETED")));
    assertThat(new OrderedPerKey().violations(swapped)).hasSize(1);
  }

  @Test
  void chunksMustBeThereWithoutGapsAndBeTheBody() {
    assertThat(new ChunksMatchSeal().violations(chunked(List.of(new Chunk("e0", 0, "one"))))).singleElement().asString().contains("there are 1");
    assertThat(new ChunksMatchSeal().violations(chunked(List.of(new Chunk("e0", 0, "one"), new Chunk("e0", 2, " two"))))).hasSize(1);
    assertThat(new ChunksMatchSeal().violations(chunked(List.of(new Chunk("e0", 0, "one"), new Chunk("e0", 1, " too"))))).hasSize(1);
  }

  @Test
  void otherBytesOfASeedAreSeen() {
    assertThat(new SameSeedSameBytes(Map.of(0L, sha256("one two"), 1L, sha256("four"))).violations(IN_ORDER)).hasSize(1);
  }

  @Test
  void whoIsDeadLetteredAmongInnocentsIsSeen() {
    Account punished = with(List.of(outcome(0, 0, "DEAD_LETTERED"), outcome(1, 1, "COMPLETED")));
    assertThat(new InnocentsSpared().violations(punished)).hasSize(1);
    assertThat(new AllCompleted().violations(punished)).hasSize(1);
  }

  @Test
  void theSinkMayNeitherMissNorRepeatNorInventNorChange() {
    var right = Map.entry("c1", sha256("three"));
    var outcomes = List.of(source(0), source(1));
    assertThat(new SinkExactlyOnce(List.of(right), outcomes).violations(IN_ORDER)).hasSize(1);
    assertThat(new SinkExactlyOnce(List.of(right, Map.entry("c0", "other")), outcomes).violations(IN_ORDER)).hasSize(1);
    assertThat(
            new SinkExactlyOnce(
                    List.of(right, right, Map.entry("c0", sha256("one two")), Map.entry("c2", "")),
                    List.of(source(0), source(0), source(2)))
                .violations(IN_ORDER))
        .hasSize(5);
  }

  @Test
  void whatAnInstanceStillHoldsIsALeak() {
    assertThat(new NoSlotLeaked(Map.of("one", 2L, "two", 0L)).violations(IN_ORDER)).singleElement().asString().contains("one holds 2");
  }

  @Test
  void everyViolationOfEveryGuaranteeIsTold() {
    Account bad = with(List.of(outcome(0, 0, "DEAD_LETTERED")));
    assertThatThrownBy(() -> bad.mustHold(new NothingLost(), new InnocentsSpared()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lost: p1")
        .hasMessageContaining("quarantined");
  }

  private static Account with(List<Outcome> outcomes) {
    return with(outcomes, EMPTY);
  }

  private static Account with(List<Outcome> outcomes, Inbox inbox) {
    return new Account(IN_ORDER.prompts(), outcomes, IN_ORDER.contents(), IN_ORDER.chunks(), inbox);
  }

  private static Account chunked(List<Chunk> chunks) {
    return new Account(IN_ORDER.prompts(), IN_ORDER.outcomes(), IN_ORDER.contents(), chunks, EMPTY);
  }

  private static Position source(long offset) {
    return new Position("prompts", 0, offset);
  }

  private static ByteBuffer key() {
    return ByteBuffer.wrap("k".getBytes(UTF_8));
  }

  private static Prompt prompt(long offset, @Nullable String orderKey) {
    return new Prompt(source(offset), key(), "p" + offset, orderKey, Instant.EPOCH);
  }

  private static Outcome outcome(long offset, long source, String kind) {
    return new Outcome(
        new Position("outcomes", 0, offset), key(), source(source), kind, null, List.of("c" + source), Instant.EPOCH);
  }

  private static Content content(long offset, String body, @Nullable Seal seal) {
    return new Content(
        new Position("content", 0, offset), key(), "c" + offset, "p" + offset, offset, ByteBuffer.wrap(body.getBytes(UTF_8)),
        sha256(body), "e" + offset, seal);
  }

  private static Seal seal(String body, int chunks) {
    return new Seal(chunks, sha256(body));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
