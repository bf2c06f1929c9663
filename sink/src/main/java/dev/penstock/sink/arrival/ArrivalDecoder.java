package dev.penstock.sink.arrival;

import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.FramingException;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads records of [Topic#CONTENT] and [Topic#OUTCOMES]. Threads may share one.
public final class ArrivalDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalDecoder.class);

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final AvroDeserializer<ContentGenerated> contents;
  private final AvroDeserializer<PromptOutcome> outcomes;

  public ArrivalDecoder(SchemaRegistry registry) {
    this.contents = new AvroDeserializer<>(registry, Topic.CONTENT);
    this.outcomes = new AvroDeserializer<>(registry, Topic.OUTCOMES);
  }

  /// One arrival for each record, in the same order.
  ///
  /// @throws dev.penstock.schemas.framing.RegistryUnavailableException if a schema is needed that the registry
  ///     cannot be asked for now
  public List<Arrival> decode(ConsumerRecords<byte[], byte[]> records) {
    List<Arrival> arrivals = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) arrivals.add(decode(record));
    return arrivals;
  }

  private Arrival decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      byte[] value = record.value();
      if (value == null) throw new FramingException("NULL_VALUE", "the record has no value");
      if (record.topic().equals(Topic.OUTCOMES.topicName()))
        return new OutcomeArrival(record, outcomes.deserialize(value));
      ContentGenerated content = contents.deserialize(value);
      UUID contentId = contentId(content);
      requireBodies(content);
      return new ContentArrival(record, contentId, content);
    } catch (FramingException e) {
      LOG.atWarn()
          .addKeyValue("position", RecordPosition.of(record))
          .addKeyValue("reason", e.reason())
          .log("a record is unreadable and was parked");
      return new UnreadableArrival(record, e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private static UUID contentId(ContentGenerated content) {
    try {
      return UUID.fromString(content.getContentId());
    } catch (IllegalArgumentException e) {
      throw new FramingException("INVALID_CONTENT_ID", "the content id is not a UUID", e);
    }
  }

  private static void requireBodies(ContentGenerated content) {
    requireBody("the body", content.getBody(), content.getBodyUri(), content.getBodySha256());
    for (var alternate : content.getAlternates())
      requireBody("an alternate", alternate.getBody(), alternate.getBodyUri(), alternate.getBodySha256());
  }

  /// The URI and the hash become file names and links: nothing but what they promise to be gets past here.
  private static void requireBody(String what, @Nullable ByteBuffer inline, @Nullable String uri, String sha256) {
    if (inline == null && uri == null)
      throw new FramingException("MISSING_BODY", what + " is neither in the record nor in the object store");
    if (!SHA256.matcher(sha256).matches())
      throw new FramingException("INVALID_HASH", what + " has a SHA-256 that is not 64 digits of lower-case hex");
    if (inline != null && !sha256(inline).equals(sha256))
      throw new FramingException("BODY_MISMATCH", what + " does not have the SHA-256 that the record names");
    if (uri != null && !isAbsolute(uri))
      throw new FramingException("INVALID_URI", what + " is said to lie at something that is not an absolute URI");
  }

  private static boolean isAbsolute(String uri) {
    try {
      return new URI(uri).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
