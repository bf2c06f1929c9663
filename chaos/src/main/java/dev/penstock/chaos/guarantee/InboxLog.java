package dev.penstock.chaos.guarantee;

import dev.penstock.chaos.guarantee.Account.Inbox;
import dev.penstock.chaos.guarantee.Account.Position;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The inbox as its changelog shows it: the last record of a key is its value, none if that is null. A key is, big-endian,
/// a topic number (2 bytes), partition (4), offset (8) and part (2) of the prompt; part 0 is the prompt itself.
final class InboxLog implements AutoCloseable {

  private static final String GROUP = "penstock-generator-stream";
  private static final int OFFSET_AT = 6;
  private static final int PART_AT = 14;

  private final Admin admin;
  private final TopicLog changelog;
  private final String promptsTopic;
  private final Set<Position> inFlight = new HashSet<>();

  InboxLog(String bootstrapServers, String promptsTopic) {
    this.promptsTopic = promptsTopic;
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    changelog = new TopicLog(bootstrapServers, GROUP + "-inbox-changelog");
  }

  Inbox take() {
    Map<Integer, Long> accepted = accepted();
    changelog.readPastOpen().forEach(this::apply);
    return new Inbox(accepted, inFlight);
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    ByteBuffer key = ByteBuffer.wrap(record.key());
    if (key.getShort(PART_AT) != 0) return;
    Position position = new Position(promptsTopic, record.partition(), key.getLong(OFFSET_AT));
    if (record.value() == null) inFlight.remove(position);
    else inFlight.add(position);
  }

  private Map<Integer, Long> accepted() {
    try {
      return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().entrySet().stream()
          .filter(entry -> entry.getKey().topic().equals(promptsTopic))
          .collect(Collectors.toMap(entry -> entry.getKey().partition(), entry -> entry.getValue().offset()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the committed offsets of " + GROUP + " cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while committed offsets were read", e);
    }
  }

  @Override
  public void close() {
    changelog.close();
    admin.close();
  }
}
