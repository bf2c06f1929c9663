package dev.penstock.generatorstream;

import static dev.penstock.generatorstream.StreamUnderTest.prompt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.Input;
import dev.penstock.schemas.ChatMessage;
import dev.penstock.schemas.DeadLetter;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What may not enter is answered at once, with a reason code and a sentence that says how to mend it; nothing
/// reaches the engine, and the stream goes on.
final class AdmissionTest {

  private final StreamUnderTest stream = new StreamUnderTest();

  @AfterEach
  void close() {
    stream.close();
  }

  static Stream<Arguments> badPrompts() {
    return Stream.of(
        Arguments.of("MISSING_ID", PromptRequested.newBuilder().setText("x"), "set one that is unique"),
        Arguments.of("INVALID_NAME", prompt("p".repeat(129)), "allowed are 1 to 128 printable characters"),
        Arguments.of("INVALID_NAME", prompt("p").setTenant("a\nb"), "tenant"),
        Arguments.of("INVALID_NAME", prompt("p").setRerollOf("p".repeat(129)), "rerollOf"),
        Arguments.of("INVALID_NAME", prompt("p").setReplayOf("p".repeat(281)), "a position such as"),
        Arguments.of("NO_SINGLE_INPUT", prompt("p").setText(null), "set exactly one"),
        Arguments.of("NO_SINGLE_INPUT", prompt("p").setTemplate("t"), "set exactly one"),
        Arguments.of("PICTURE_NOT_TAKEN", prompt("p").setPicture(bytes(9)), "takes no picture; send the prompt without one"),
        Arguments.of(
            "PICTURE_NOT_TAKEN",
            prompt("p").setModel("latent-painter").setPicture(bytes(9)),
            "latent-painter@1.0.0 takes no picture; send the prompt without one"),
        Arguments.of("PICTURE_MISSING", prompt("p").setModel("enlarger"), "enlarger@1.0.0 works on a picture"),
        Arguments.of(
            "PICTURE_TOO_LARGE",
            prompt("p").setModel("enlarger").setPicture(bytes(524_289)),
            "the picture has 524,289 bytes; allowed are at most 524,288"),
        Arguments.of("UNKNOWN_TEMPLATE", template("t", Map.of()), "there is no template t here; known are slogan"),
        Arguments.of("UNKNOWN_TEMPLATE", template("slogan@7", Map.of()), "known versions are 1, 2"),
        Arguments.of("MISSING_VARIABLE", template("slogan", Map.of()), "variable product of template slogan@2"),
        Arguments.of("UNKNOWN_VARIABLE", template("slogan", Map.of("prodct", "tea")), "did you mean product?"),
        Arguments.of(
            "INVALID_VARIABLE",
            template("slogan", Map.of("product", "x".repeat(41))),
            "it takes text of at most 40 characters"),
        Arguments.of("NO_TEMPLATE", prompt("p").setVariables(Map.of("product", "tea")), "name one"),
        Arguments.of("EMPTY_TEXT", prompt("p").setText("  "), "say what is wanted"),
        Arguments.of("TEXT_TOO_LONG", prompt("p").setText("x".repeat(32_769)), "allowed are at most 32768"),
        Arguments.of("MESSAGES_OUT_OF_RANGE", prompt("p").setText(null).setMessages(List.of()), "1 to 64"),
        Arguments.of(
            "UNKNOWN_ROLE",
            prompt("p").setText(null).setMessages(List.of(new ChatMessage("robot", "hi"))),
            "system, user and assistant"),
        Arguments.of("UNKNOWN_MODEL", prompt("p").setModel("nope"), "served are echo@1.0.0"),
        Arguments.of("NO_MODEL_FOR_MODALITY", prompt("p").setModality(Modality.VIDEO), "served are echo@1.0.0"),
        Arguments.of(
            "MODALITY_MISMATCH", prompt("p").setModel("echo").setModality(Modality.IMAGE), "makes TEXT"),
        Arguments.of("VARIANTS_OUT_OF_RANGE", prompt("p").setVariants(17), "allowed are 1 to 16"),
        Arguments.of("CANDIDATES_OUT_OF_RANGE", prompt("p").setCandidates(0), "allowed are 1 to 4"),
        Arguments.of("CANDIDATES_OUT_OF_RANGE", prompt("p").setCandidates(5), "allowed are 1 to 4"),
        Arguments.of(
            "INVALID_PARAMETER",
            prompt("p").setParameters(Map.of("temperature", "9")),
            "Parameter temperature is '9'; a number from 0 to 2 is allowed"),
        Arguments.of(
            "INVALID_PARAMETER", prompt("p").setParameters(Map.of("temprature", "1")), "Did you mean temperature?"),
        Arguments.of("TTL_OUT_OF_RANGE", prompt("p").setTtlMs(0L), "at least 1"));
  }

  private static PromptRequested.Builder template(String name, Map<String, String> variables) {
    return prompt("p").setText(null).setTemplate(name).setVariables(variables);
  }

  @ParameterizedTest
  @MethodSource("badPrompts")
  void rejectsWithAReasonAndASentenceThatMendsIt(String reason, PromptRequested.Builder prompt, String mend) {
    stream.send(prompt);
    PromptOutcome outcome = stream.outcome();
    assertThat(outcome.getOutcome()).isEqualTo(Outcome.REJECTED);
    assertThat(outcome.getReason()).isEqualTo(reason);
    assertThat(outcome.getMessage()).contains(mend).doesNotContain("a slogan for a boot");
    assertThat(outcome.getSource().getOffset()).isZero();
    assertThat(stream.engine.open).isEmpty();
    assertThat(stream.inboxEntries()).isZero();
    assertThat(stream.deadLetters()).isEmpty();
  }

  /// The version is pinned: also after a restart, and with other files then.
  @Test
  void aTemplateBecomesTheInputAndItsVersionIsInTheContent() {
    stream.send(template("slogan", Map.of("product", "tea")));
    var submitted = stream.engine.open.getFirst();
    assertThat(submitted.request.input()).isEqualTo(new Input.Text("A slogan for tea, please."));
    submitted.answer("Tea. Now.");
    stream.harvest();
    assertThat(stream.contents().getFirst().getTemplateVersion()).isEqualTo("slogan@2");

    stream.send(template("slogan@1", Map.of("product", "tea")).setPromptId("q"));
    assertThat(stream.engine.open.getFirst().request.input()).isEqualTo(new Input.Text("A slogan for tea."));
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.wrap(new byte[count]);
  }

  @Test
  void aPictureNeedsNoWords() {
    stream.send(prompt("p").setText(null).setModel("enlarger").setPicture(ByteBuffer.wrap(new byte[] {1, 2, 3})));

    var request = stream.engine.open.getFirst().request;
    assertThat(request.input()).isEqualTo(new Input.Text(""));
    assertThat(java.util.Objects.requireNonNull(request.picture()).bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void rejectsARecordWhoseKeyIsNotThePromptId() {
    stream.sendBytes("other".getBytes(UTF_8), stream.framed(prompt("p")));
    stream.sendBytes(null, stream.framed(prompt("q")));
    stream.sendBytes("p".getBytes(UTF_8), stream.framed(prompt("p").setOrderKey("customer-7")));
    assertThat(stream.outcomes())
        .extracting(PromptOutcome::getReason)
        .containsExactly("KEY_MISMATCH", "KEY_MISMATCH", "KEY_MISMATCH");
  }

  @Test
  void expiresAPromptWhoseDeadlineIsPast() {
    stream.send(prompt("late").setDeadline(Instant.parse("2026-11-22T09:59:59Z")));
    assertThat(stream.outcome().getOutcome()).isEqualTo(Outcome.EXPIRED);
    assertThat(stream.engine.open).isEmpty();
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of("NOT_FRAMED", new byte[] {1, 2, 3, 4, 5, 6}),
        Arguments.of("NOT_FRAMED", new byte[] {0, 0}),
        Arguments.of("NOT_FRAMED", new byte[] {}),
        Arguments.of("UNKNOWN_SCHEMA_ID", new byte[] {0, 0, 0, 99, 1, 2, 3}));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void deadLettersWhatIsNotOurFraming(String reason, byte[] value) {
    isDeadLetteredAsItCame(reason, value);
  }

  @Test
  void deadLettersTruncatedAvro() {
    byte[] whole = stream.framed(prompt("p"));
    isDeadLetteredAsItCame("UNREADABLE_AVRO", Arrays.copyOf(whole, whole.length - 3));
  }

  @Test
  void deadLettersARecordWithoutAValue() {
    stream.sendBytes("k".getBytes(UTF_8), null);
    assertThat(stream.deadLetters()).singleElement().extracting(DeadLetter::getValue).isNull();
    assertThat(stream.outcome().getReason()).isEqualTo("EMPTY_VALUE");
  }

  private void isDeadLetteredAsItCame(String reason, byte[] value) {
    stream.sendBytes("k".getBytes(UTF_8), value);
    DeadLetter letter = stream.deadLetters().getFirst();
    assertThat(letter.getReason()).isEqualTo(reason);
    assertThat(letter.getValue().array()).isEqualTo(value);
    assertThat(letter.getKey().array()).isEqualTo("k".getBytes(UTF_8));
    assertThat(letter.getHeaders()).singleElement().extracting("key").isEqualTo("traceparent");
    PromptOutcome outcome = stream.outcome();
    assertThat(outcome.getOutcome()).isEqualTo(Outcome.DEAD_LETTERED);
    assertThat(outcome.getReason()).isEqualTo(reason);

    stream.send(prompt("next"));
    assertThat(stream.engine.open).as("the stream goes on").hasSize(1);
  }

  @Test
  void aRecordThatIsTooLargeIsNotEvenDecoded() {
    stream.sendBytes("p".getBytes(UTF_8), new byte[1 << 20]);
    PromptOutcome outcome = stream.outcome();
    assertThat(outcome.getOutcome()).isEqualTo(Outcome.REJECTED);
    assertThat(outcome.getReason()).isEqualTo("RECORD_TOO_LARGE");
    assertThat(outcome.getMessage()).contains("allowed are at most 1,048,576, and 256 headers with 65,536");
    assertThat(stream.deadLetters()).isEmpty();
  }

  /// An outcome that is too large for its topic would stop the task for ever.
  @Test
  void whatLeavesIsSmallWhateverCame() {
    stream.sendBytes(new byte[100_000], stream.framed(prompt("i".repeat(400_000)).setTenant("t".repeat(400_000))));
    var record = stream.records(Topic.OUTCOMES).getFirst();
    assertThat(record.key()).isNull();
    assertThat(record.value()).hasSizeLessThan(2_000);
  }
}
