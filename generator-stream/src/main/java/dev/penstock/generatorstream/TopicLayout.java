package dev.penstock.generatorstream;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics a pool works on. All have the same number of partitions, so that a task finds everything about a
/// prompt in partitions of its own number.
///
/// @param prompts the pool's prompts topic
/// @param clusterId of the cluster they lie in
record TopicLayout(String prompts, int partitions, String clusterId) {

  /// The prompts topic of a pool.
  static String promptsTopic(String pool) {
    return pool.isEmpty() ? Topic.PROMPTS.topicName() : "penstock.prompts." + pool + ".v1";
  }

  /// Creates what does not exist yet: the catalogue, and the prompts topic of the pool.
  ///
  /// @return the names of topics that this user may not create
  static Set<String> create(KafkaClients kafka, String pool, int partitions, short replication)
      throws ExecutionException, InterruptedException {
    Set<String> refused = new TreeSet<>(kafka.createTopics(partitions, replication));
    NewTopic prompts = Topic.PROMPTS.toNewTopic(partitions, replication);
    refused.addAll(
        kafka.createMissing(
            List.of(new NewTopic(promptsTopic(pool), partitions, replication).configs(prompts.configs()))));
    return refused;
  }

  /// Looks at the cluster.
  ///
  /// @param refused topics that this user may not create
  /// @throws UserError if one of them is missing, or the topics' partition counts differ
  static TopicLayout find(KafkaClients kafka, String pool, Set<String> refused) throws ExecutionException, InterruptedException {
    String prompts = promptsTopic(pool);
    List<String> all = new ArrayList<>(List.of(prompts));
    for (Topic topic : Topic.values()) if (topic != Topic.PROMPTS) all.add(topic.topicName());
    try (Admin admin = kafka.admin()) {
      var found = described(admin, all, refused);
      int partitions = found.get(prompts).partitions().size();
      for (String topic : all) {
        int count = found.get(topic).partitions().size();
        if (count != partitions)
          throw new UserError(
              "topic %s has %d partitions and %s has %d; all topics of the catalogue need the same count"
                  .formatted(prompts, partitions, topic, count));
      }
      return new TopicLayout(prompts, partitions, admin.describeCluster().clusterId().get());
    }
  }

  private static Map<String, TopicDescription> described(
      Admin admin, List<String> topics, Set<String> refused)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> found = new HashMap<>();
    for (var described : admin.describeTopics(topics).topicNameValues().entrySet())
      try {
        found.put(described.getKey(), described.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || !refused.contains(described.getKey())) throw e;
        throw new UserError(
            "topic %s does not exist and this user may not create it: have it created, or grant CREATE on it"
                .formatted(described.getKey()),
            e);
      }
    return found;
  }
}
