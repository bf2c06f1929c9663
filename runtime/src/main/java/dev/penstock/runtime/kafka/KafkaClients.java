package dev.penstock.runtime.kafka;

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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Makes Kafka clients from the settings under `kafka.`; what a caller needs wins over what is set.
///
/// @param common client settings that all clients share, `bootstrap.servers` among them
public record KafkaClients(Map<String, Object> common) {

  public KafkaClients {
    common = Map.copyOf(common);
  }

  /// The same for somebody who tries again: what gets no answer fails after 5 seconds instead of a minute, so that
  /// a cluster that is away can be named soon.
  public KafkaClients impatient() {
    return new KafkaClients(with(Map.of("request.timeout.ms", "5000", "default.api.timeout.ms", "5000")));
  }

  /// Whether the cluster knows who asks, and may have rules about it.
  public boolean isSecured() {
    return !common.getOrDefault("security.protocol", "PLAINTEXT").equals("PLAINTEXT");
  }

  public Admin admin() {
    return Admin.create(new HashMap<>(common));
  }

  /// An idempotent producer of bytes with one request in flight: when the first batch to a partition that was just
  /// created has to be retried, the broker would accept the second one before it and then refuse the first for ever.
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> all = with(settings);
    all.putIfAbsent("acks", "all");
    all.putIfAbsent("enable.idempotence", "true");
    all.putIfAbsent("max.in.flight.requests.per.connection", "1");
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /// A consumer of bytes that sees committed records only and commits nothing by itself.
  public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    Map<String, Object> all = with(settings);
    all.put("isolation.level", "read_committed");
    all.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> with(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(common);
    all.putAll(settings);
    return all;
  }

  /// Creates the topics of the catalogue that do not exist. Throws what the broker answers.
  ///
  /// @return the names of those that this user may not create; they may exist, unseen
  public Set<String> createTopics(int partitions, short replicationFactor)
      throws ExecutionException, InterruptedException {
    List<NewTopic> all = new ArrayList<>();
    for (Topic topic : Topic.values()) all.add(topic.toNewTopic(partitions, replicationFactor));
    return createMissing(all);
  }

  /// Creates those topics that do not exist; the others stay as they are. Throws what the broker answers.
  ///
  /// @return the names of those that this user may not create; they may exist, unseen
  public Set<String> createMissing(List<NewTopic> topics) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing = topics.stream().filter(topic -> !existing.contains(topic.name())).toList();
      Set<String> refused = new TreeSet<>();
      for (var created : admin.createTopics(missing).values().entrySet())
        if (!isCreated(created.getValue())) refused.add(created.getKey());
      return refused;
    }
  }

  private static boolean isCreated(KafkaFuture<Void> created) throws ExecutionException, InterruptedException {
    try {
      created.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) return false;
      if (e.getCause() instanceof TopicExistsException) return true;
      throw e;
    }
  }
}
