package dev.penstock.generatorstream;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.penstock.generatorstream.prompt.Operators;
import dev.penstock.runtime.kafka.Right;
import dev.penstock.schemas.Topic;
import java.util.ArrayList;
import java.util.List;

/// The least that generator-stream has to be allowed in the cluster, where somebody else creates the topics of the
/// catalogue. READ and WRITE bring DESCRIBE with them, WRITE on a topic brings IDEMPOTENT_WRITE.
public final class GeneratorStreamRights {

  private static final List<Topic> WRITTEN = List.of(Topic.CHUNKS, Topic.CONTENT, Topic.OUTCOMES, Topic.DEAD_LETTERS);

  private GeneratorStreamRights() {}

  /// @param pool as in the settings; empty is the pool of all
  public static List<Right> of(String pool, String applicationId) {
    String internal = applicationId + "-";
    String changelog = changelog(applicationId);
    List<Right> rights = new ArrayList<>();
    rights.add(Right.topic(TopicLayout.promptsTopic(pool), READ, "Takes prompts in."));
    rights.add(Right.topic(Topic.CANCELLATIONS.topicName(), READ, "Takes prompts back."));
    for (Topic topic : WRITTEN) rights.add(Right.topic(topic.topicName(), WRITE, topic.purpose()));
    rights.add(Right.topics(internal, CREATE, changelog, "Creates the inbox's changelog at the first start."));
    rights.add(
        Right.topics(
            internal, READ, changelog, "Restores the inbox, and commits the fence: an offset of the changelog's partition 0."));
    rights.add(Right.topics(internal, WRITE, changelog, "Keeps the inbox."));
    rights.add(Right.group(applicationId, "Shares partitions with other instances, and commits offsets."));
    rights.add(Right.transactionalIds(internal, "Commits results, inbox and offsets together (exactly_once_v2)."));
    return rights;
  }

  /// The changelog of the inbox, whose partition 0 is the fence as well.
  static String changelog(String applicationId) {
    return applicationId + "-" + Operators.INBOX_STORE + "-changelog";
  }
}
