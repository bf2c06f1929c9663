package dev.penstock.producer;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.penstock.runtime.kafka.Right;
import dev.penstock.schemas.Topic;
import java.util.List;

/// The least that the HTTP intake has to be allowed in the cluster. It reads without a group. READ and WRITE bring
/// DESCRIBE with them, WRITE on a topic brings IDEMPOTENT_WRITE.
public final class ProducerRights {

  private ProducerRights() {}

  public static List<Right> all() {
    return List.of(
        Right.topic(Topic.PROMPTS.topicName(), WRITE, "Sends prompts."),
        Right.topic(Topic.CANCELLATIONS.topicName(), WRITE, "Takes prompts back."),
        Right.topic(Topic.PROMPTS.topicName(), READ, "Knows which prompts were sent, also by others."),
        Right.topic(Topic.CHUNKS.topicName(), READ, "Tells text while it is written."),
        Right.topic(Topic.CONTENT.topicName(), READ, "Tells what was generated."),
        Right.topic(Topic.OUTCOMES.topicName(), READ, "Tells how prompts ended."));
  }
}
