package dev.penstock.generatorstream.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.FilledTemplate;
import dev.penstock.generatorstream.prompt.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// A prompt as it waits in the store: what was pinned at admission, and the record as it came. The first byte is
/// the version of this format; a reader accepts every version up to its own, and leaves later ones where they are.
///
/// @param source the prompt record as it came; has key and value
/// @param idHash stands for the prompt's id; 0 where `tenant` is null
/// @param tenant whose prompt it is, or null in entries of earlier versions
/// @param modelDigest the model version that was chosen
/// @param seed the base seed
/// @param deadlineMillis epoch milliseconds or [InboxIndex#NEVER]
/// @param variants how many are wanted
/// @param orderKey prompts with the same one are generated one after another, or null
/// @param template what its template became at admission, or null
record StoredPrompt(
    SourceRecord source,
    long idHash,
    @Nullable String tenant,
    String modelDigest,
    long seed,
    long deadlineMillis,
    int variants,
    Priority priority,
    @Nullable String orderKey,
    @Nullable FilledTemplate template) {

  /// Version 1 had no template, version 2 no tenant and id hash.
  private static final byte VERSION = 3;

  /// Stands where a conversation has its number of messages.
  private static final int PLAIN_TEXT = 0;

  static StoredPrompt of(AdmittedPrompt prompt) {
    return new StoredPrompt(
        prompt.source(),
        prompt.idHash(),
        prompt.request().getTenant(),
        prompt.model().digest(),
        prompt.seed(),
        prompt.deadlineMillis(),
        prompt.request().getVariants(),
        prompt.priority(),
        prompt.request().getOrderKey(),
        prompt.template());
  }

  /// Whether a later version of this program wrote the entry, in a format that is not known here.
  static boolean isLater(byte[] bytes) {
    return bytes.length > 0 && bytes[0] > VERSION;
  }

  /// With what entries of earlier versions do not say.
  StoredPrompt ofTenant(long newIdHash, String newTenant) {
    return new StoredPrompt(
        source, newIdHash, newTenant, modelDigest, seed, deadlineMillis, variants, priority, orderKey, template);
  }

  /// What the index needs to know of it, if the entry says so.
  ///
  /// @param ended the variants that have
  /// @throws IllegalStateException in entries of earlier versions: `tenant` is null
  Pending pending(List<Integer> ended) {
    if (tenant == null) throw new IllegalStateException("the entry does not say whose prompt it is");
    return new Pending(
        source.offset(), idHash, tenant, Pending.open(variants, ended), priority, deadlineMillis, orderKey);
  }

  /// The same from an entry's bytes, without its body.
  ///
  /// @return null for entries of earlier versions
  static @Nullable Pending pending(long offset, byte[] bytes, List<Integer> ended) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (version(in) < 3) return null;
      in.skipNBytes(in.readUnsignedShort());
      in.skipNBytes(Long.BYTES);
      long deadlineMillis = in.readLong();
      int variants = in.readUnsignedShort();
      Priority priority = Priority.values()[in.readByte()];
      String orderKey = readText(in);
      long idHash = in.readLong();
      String tenant = requiredText(in);
      return new Pending(
          offset, idHash, tenant, Pending.open(variants, ended), priority, deadlineMillis, orderKey);
    } catch (IOException e) {
      throw cutShort(bytes, e);
    }
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(source.size()) + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(modelDigest);
      out.writeLong(seed);
      out.writeLong(deadlineMillis);
      out.writeShort(variants);
      out.writeByte(priority.ordinal());
      writeText(out, orderKey);
      out.writeLong(idHash);
      writeText(out, tenant);
      writeTemplate(out);
      writeSource(out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeTemplate(DataOutputStream out) throws IOException {
    writeText(out, template == null ? null : template.reference());
    if (template == null) return;
    switch (template.input()) {
      case Input.Text text -> {
        out.writeShort(PLAIN_TEXT);
        writeText(out, text.text());
      }
      case Input.Chat chat -> {
        out.writeShort(chat.messages().size());
        for (Input.Message message : chat.messages()) {
          writeText(out, message.role());
          writeText(out, message.content());
        }
      }
    }
  }

  private static @Nullable FilledTemplate readTemplate(DataInputStream in) throws IOException {
    String reference = readText(in);
    if (reference == null) return null;
    int count = in.readUnsignedShort();
    if (count == PLAIN_TEXT) return new FilledTemplate(reference, new Input.Text(requiredText(in)));
    List<Input.Message> messages = new ArrayList<>(count);
    for (int i = 0; i < count; i++) messages.add(new Input.Message(requiredText(in), requiredText(in)));
    return new FilledTemplate(reference, new Input.Chat(messages));
  }

  private void writeSource(DataOutputStream out) throws IOException {
    out.writeUTF(source.topic());
    out.writeInt(source.partition());
    out.writeLong(source.offset());
    out.writeLong(source.timestampMillis());
    writeBytes(out, source.key());
    writeBytes(out, source.value());
    Header[] headers = source.headers().toArray();
    out.writeInt(headers.length);
    for (Header header : headers) {
      writeBytes(out, header.key().getBytes(UTF_8));
      writeBytes(out, header.value());
    }
  }

  static StoredPrompt fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte version = version(in);
      String modelDigest = in.readUTF();
      long seed = in.readLong();
      long deadlineMillis = in.readLong();
      int variants = in.readUnsignedShort();
      Priority priority = Priority.values()[in.readByte()];
      String orderKey = readText(in);
      long idHash = version < 3 ? 0 : in.readLong();
      String tenant = version < 3 ? null : requiredText(in);
      FilledTemplate template = version == 1 ? null : readTemplate(in);
      return new StoredPrompt(
          readSource(in),
          idHash,
          tenant,
          modelDigest,
          seed,
          deadlineMillis,
          variants,
          priority,
          orderKey,
          template);
    } catch (IOException e) {
      throw cutShort(bytes, e);
    }
  }

  private static byte version(DataInputStream in) throws IOException {
    byte version = in.readByte();
    if (version < 1 || version > VERSION)
      throw new IllegalStateException(
          "inbox entry of format version %d; this program reads versions 1 to %d".formatted(version, VERSION));
    return version;
  }

  private static IllegalStateException cutShort(byte[] bytes, IOException cause) {
    return new IllegalStateException("an inbox entry of %d bytes is cut short".formatted(bytes.length), cause);
  }

  private static SourceRecord readSource(DataInputStream in) throws IOException {
    String topic = in.readUTF();
    int partition = in.readInt();
    long offset = in.readLong();
    long timestamp = in.readLong();
    byte[] key = readBytes(in);
    byte[] value = readBytes(in);
    Headers headers = new RecordHeaders();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      byte[] name = readBytes(in);
      headers.add(name == null ? "" : new String(name, UTF_8), readBytes(in));
    }
    return new SourceRecord(topic, partition, offset, timestamp, key, value, headers);
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    writeBytes(out, text == null ? null : text.getBytes(UTF_8));
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  private static String requiredText(DataInputStream in) throws IOException {
    String text = readText(in);
    if (text == null) throw new IOException("a text is missing");
    return text;
  }

  /// Length, then bytes; -1 stands for null.
  private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) out.write(bytes);
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) return null;
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
