package dev.penstock.sink;

import static org.apache.kafka.common.acl.AclOperation.READ;

import dev.penstock.runtime.kafka.Right;
import dev.penstock.schemas.Topic;
import java.util.List;

/// The least that the sink has to be allowed in the cluster. READ brings DESCRIBE with it. The console needs nothing there.
public final class SinkRights {

  private SinkRights() {}

  /// @param group as in the settings
  public static List<Right> of(String group) {
    return List.of(
        Right.topic(Topic.CONTENT.topicName(), READ, "Stores content."),
        Right.topic(Topic.OUTCOMES.topicName(), READ, "Stores outcomes."),
        Right.group(group, "Shares partitions with other sinks, and reports offsets for tools that show lag."));
  }
}
