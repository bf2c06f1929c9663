package dev.penstock.generatorstream.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generatorstream.prompt.FilledTemplate;
import dev.penstock.generatorstream.prompt.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An entry says what was pinned, in every version of the format that an inbox may still hold.
class StoredPromptTest {

  private static StoredPrompt entry(@Nullable FilledTemplate template) {
    SourceRecord source =
        new SourceRecord(
            "prompts", 3, 17, 5L, "p".getBytes(UTF_8), new byte[] {1, 2}, new RecordHeaders().add("h", new byte[] {9}));
    return new StoredPrompt(source, 4711, "acme", "digest", -7, InboxIndex.NEVER, 2, Priority.URGENT, "customer 9", template);
  }

  private static void isTheSame(StoredPrompt read, StoredPrompt written) {
    assertThat(read).usingRecursiveComparison().ignoringFields("source.headers").isEqualTo(written);
    assertThat(read.source().headers().lastHeader("h").value()).containsExactly(9);
  }

  @Test
  void comesBackAsItWasWritten() {
    FilledTemplate text = new FilledTemplate("slogan@2", new Input.Text("Zoë's tea"));
    FilledTemplate chat =
        new FilledTemplate("ad@1", new Input.Chat(List.of(new Input.Message("system", ""), new Input.Message("user", "x"))));

    isTheSame(StoredPrompt.fromBytes(entry(null).toBytes()), entry(null));
    isTheSame(StoredPrompt.fromBytes(entry(text).toBytes()), entry(text));
    isTheSame(StoredPrompt.fromBytes(entry(chat).toBytes()), entry(chat));
  }

  /// As the first release wrote it: no template behind the order key.
  @Test
  void anEntryOfVersion1IsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(1);
      out.writeUTF("digest");
      out.writeLong(-7);
      out.writeLong(InboxIndex.NEVER);
      out.writeShort(2);
      out.writeByte(Priority.URGENT.ordinal());
      sized(out, "customer 9".getBytes(UTF_8));
      out.writeUTF("prompts");
      out.writeInt(3);
      out.writeLong(17);
      out.writeLong(5);
      sized(out, "p".getBytes(UTF_8));
      sized(out, new byte[] {1, 2});
      out.writeInt(1);
      sized(out, "h".getBytes(UTF_8));
      sized(out, new byte[] {9});
    }

    StoredPrompt read = StoredPrompt.fromBytes(bytes.toByteArray());
    assertThat(read.tenant()).isNull();
    assertThat(StoredPrompt.pending(17, bytes.toByteArray(), List.of())).as("its tenant is in its body").isNull();
    isTheSame(read.ofTenant(4711, "acme"), entry(null));
  }

  @Test
  void theIndexReadsWhatItNeedsWithoutTheBody() {
    Pending pending = StoredPrompt.pending(17, entry(null).toBytes(), List.of(0));
    assertThat(pending)
        .isEqualTo(new Pending(17, 4711, "acme", 0b10, Priority.URGENT, InboxIndex.NEVER, "customer 9"))
        .isEqualTo(entry(null).pending(List.of(0)));
  }

  private static void sized(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Test
  void anEntryOfALaterVersionIsNamed() {
    byte[] later = entry(null).toBytes();
    later[0] = 4;
    assertThat(StoredPrompt.isLater(later)).isTrue();
    assertThat(StoredPrompt.isLater(entry(null).toBytes())).isFalse();
    assertThatThrownBy(() -> StoredPrompt.fromBytes(later)).hasMessageContaining("this program reads versions 1 to 3");
  }
}
