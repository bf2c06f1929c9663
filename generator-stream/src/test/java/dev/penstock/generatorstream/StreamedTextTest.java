package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.StreamUnderTest.prompt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.generators.GenerationException;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Ids;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Text is told while it is written to those who asked for it. The chunks of the execution that the content record names
/// are its body, whatever happened before; what the broker does to them holds up nobody.
final class StreamedTextTest {

  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(2, 2);

  private StreamUnderTest stream = new StreamUnderTest();

  @AfterEach
  void close() {
    stream.close();
  }

  private FakeEngine.Submitted<?> streamed() {
    stream.send(prompt("p").setStream(true));
    return stream.engine.open.getFirst();
  }

  private ContentGenerated content() {
    stream.harvest();
    return stream.contents().getFirst();
  }

  private void awaitChunks(int count) {
    await().until(() -> stream.chunks().size() == count);
  }

  private static String text(List<ContentChunk> chunks, String executionId) {
    return chunks.stream()
        .filter(chunk -> chunk.getExecutionId().equals(executionId))
        .map(ContentChunk::getText)
        .collect(Collectors.joining());
  }

  private void isSealed(ContentGenerated content) {
    List<ContentChunk> own =
        stream.chunks().stream().filter(c -> c.getExecutionId().equals(content.getExecutionId())).toList();
    assertThat(own).extracting(ContentChunk::getIndex).isEqualTo(java.util.stream.IntStream.range(0, own.size()).boxed().toList());
    assertThat(content.getChunkCount()).isEqualTo(own.size());
    assertThat(content.getChunksSha256()).isEqualTo(content.getBodySha256());
    assertThat(text(own, content.getExecutionId())).isEqualTo(new String(content.getBody().array(), UTF_8));
  }

  @Test
  void theFirstWordsLeaveAtOnceAndTheChunksAreTheBody() {
    var submitted = streamed();
    submitted.tell(FIRST, "Boots");
    awaitChunks(1);
    assertThat(stream.chunks().getFirst().getText()).isEqualTo("Boots");
    assertThat(stream.chunks().getFirst().getContentId()).isEqualTo(Ids.contentId("p", 0));
    submitted.tell(FIRST, " that");
    submitted.answer("Boots that never quit", FIRST);

    ContentGenerated content = content();

    assertThat(content.getExecutionId()).isEqualTo(FIRST.toString());
    isSealed(content);
    assertThat(stream.chunks()).hasSize(2);
    var record = stream.chunkProducer.history().getFirst();
    assertThat(record.key()).isEqualTo("p".getBytes(UTF_8));
    assertThat(record.partition()).isZero();
    assertThat(record.headers().lastHeader("ce_id").value()).isEqualTo((FIRST + "/0").getBytes(UTF_8));
  }

  @Test
  void whatIsNoTextIsToldAsBytes() {
    stream.close();
    stream = new StreamUnderTest(Letters.BYTES);
    var submitted = streamed();
    submitted.tell(FIRST, "RIFF\0");
    awaitChunks(1);
    submitted.answer("RIFF\0and more", FIRST);

    ContentGenerated content = content();

    assertThat(content.getExecutionId()).isEqualTo(FIRST.toString());
    assertThat(content.getChunkCount()).isEqualTo(2);
    assertThat(content.getChunksSha256()).isEqualTo(content.getBodySha256());
    assertThat(stream.chunks()).allSatisfy(chunk -> assertThat(chunk.getText()).isNull());
    assertThat(stream.chunks()).extracting(chunk -> new String(chunk.getBytes().array(), UTF_8))
        .containsExactly("RIFF\0", "and more");
  }

  @Test
  void chunksGrowSoThatThereAreFew() {
    var submitted = streamed();
    String body = "0123456789".repeat(100);
    submitted.tell(FIRST, "0");
    awaitChunks(1);
    for (char c : body.substring(1).toCharArray()) submitted.tell(FIRST, String.valueOf(c));
    submitted.answer(body, FIRST);

    isSealed(content());
    assertThat(stream.chunks()).as("1, 8, 16, 32 ... characters; more only where time passed").hasSizeLessThan(14);
    assertThat(stream.chunks().getFirst().getText()).isEqualTo("0");
  }

  @Test
  void anExecutionThatBeginsAnewDoesNotMixWithTheOneBefore() {
    var submitted = streamed();
    submitted.tell(FIRST, "Boots of steel");
    awaitChunks(1);
    submitted.tell(SECOND, "Bo");
    submitted.answer("Boots", SECOND);

    ContentGenerated content = content();

    assertThat(content.getExecutionId()).isEqualTo(SECOND.toString());
    isSealed(content);
  }

  /// A quote was taken to enclose the answer, and did not.
  @Test
  void whatWasToldWronglyIsToldAnewUnderAnotherExecution() {
    var submitted = streamed();
    submitted.tell(FIRST, "Boots");
    awaitChunks(1);
    submitted.answer("\"Boots\" that last", FIRST);

    ContentGenerated content = content();

    assertThat(content.getExecutionId()).isNotEqualTo(FIRST.toString());
    isSealed(content);
  }

  @Test
  void ofSeveralCandidatesTheBestIsOneChunk() {
    streamed().answer("The best of four", FIRST);

    ContentGenerated content = content();

    assertThat(content.getExecutionId()).isEqualTo(FIRST.toString());
    assertThat(stream.chunks()).hasSize(1);
    isSealed(content);
  }

  @Test
  void whoDoesNotAskIsToldNothing() {
    stream.send(prompt("p"));
    assertThat(stream.engine.open.getFirst().isStreamed()).isFalse();
    stream.engine.open.getFirst().answer("Boots");

    assertThat(content().getChunkCount()).isNull();
    assertThat(stream.chunks()).isEmpty();
  }

  @Test
  void aBrokerThatTakesNoChunksHoldsUpNoContentAndIsNotNamedInIt() {
    stream.chunkProducer.sendException = new TimeoutException("the broker is away");
    var submitted = streamed();
    submitted.tell(FIRST, "Boots");
    submitted.answer("Boots that never quit", FIRST);

    ContentGenerated content = content();

    assertThat(content.getChunkCount()).isNull();
    assertThat(content.getChunksSha256()).isNull();
    assertThat(new String(content.getBody().array(), UTF_8)).isEqualTo("Boots that never quit");
  }

  @Test
  void aFailedRequestIsNeverSealed() {
    var submitted = streamed();
    submitted.tell(FIRST, "Boots");
    awaitChunks(1);
    submitted.fail(new GenerationException.Broken("NO_USABLE_ANSWER", "it repeats itself", null));
    stream.harvest();

    assertThat(stream.contents()).isEmpty();
    assertThat(stream.deadLetters()).hasSize(1);
  }
}
