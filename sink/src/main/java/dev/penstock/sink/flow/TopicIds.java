package dev.penstock.sink.flow;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InterruptException;

/// Tells a topic from one of the same name that was deleted and created anew.
@FunctionalInterface
public interface TopicIds {

  /// Kafka's ids of topics that exist.
  ///
  /// @throws KafkaException if the cluster cannot say
  Map<String, Uuid> of(Collection<String> topics);

  /// As the cluster says.
  static TopicIds from(Admin admin) {
    return topics -> {
      try {
        Map<String, Uuid> ids = new HashMap<>();
        admin
            .describeTopics(topics)
            .allTopicNames()
            .get()
            .forEach((name, description) -> ids.put(name, description.topicId()));
        return ids;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    };
  }
}
