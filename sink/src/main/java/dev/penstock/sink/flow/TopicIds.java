package dev.penstock.sink.flow;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Tells a topic from one of the same name that was deleted and created anew.
@FunctionalInterface
public interface TopicIds {

  /// Kafka's ids of topics.
  ///
  /// @throws TopicsUnavailableException if a topic does not exist or Kafka does not answer within seconds
  /// @throws KafkaException if waiting does not mend it
  Map<String, Uuid> of(Collection<String> topics);

  /// As the cluster says.
  static TopicIds from(Admin admin) {
    return topics -> {
      var answers = admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs(4_000)).topicNameValues();
      Map<String, Uuid> ids = new HashMap<>();
      for (String topic : topics) ids.put(topic, await(topic, answers.get(topic)).topicId());
      return ids;
    };
  }

  private static <T> T await(String topic, KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case UnknownTopicOrPartitionException missing -> new TopicsUnavailableException(
            "topic %s does not exist yet; generator-stream creates it".formatted(topic));
        case RetriableException passing -> new TopicsUnavailableException(
            "the cluster does not answer: " + passing.getMessage());
        case KafkaException lasting -> lasting;
        case null, default -> new KafkaException(e);
      };
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
