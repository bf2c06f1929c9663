package dev.penstock.standalone.status;

import dev.penstock.runtime.UserError;
import dev.penstock.standalone.status.Snapshot.Partition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupSubtopologyDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/// The groups of generator-stream, one a pool: who reads which partition of the prompts topics, and how far.
record Groups(Admin admin) {

  private static final String PREFIX = "penstock-generator-stream";
  private static final String PROMPTS = "penstock.prompts.";

  /// @throws UserError if the cluster does not answer
  String clusterId() throws InterruptedException {
    try {
      return admin.describeCluster().clusterId().get();
    } catch (ExecutionException e) {
      throw new UserError("Kafka did not say which cluster it is: " + e.getCause().getMessage(), e);
    }
  }

  /// @throws UserError if the cluster does not answer
  List<Partition> partitions() throws InterruptedException {
    try {
      List<Partition> partitions = new ArrayList<>();
      for (GroupListing group : admin.listGroups().all().get())
        if (group.groupId().startsWith(PREFIX)) partitions.addAll(partitionsOf(group));
      partitions.sort(Comparator.comparing(Partition::topic).thenComparing(Partition::partition));
      return partitions;
    } catch (ExecutionException e) {
      throw new UserError("Kafka did not say who reads the prompts: " + e.getCause().getMessage(), e);
    }
  }

  private List<Partition> partitionsOf(GroupListing group) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> read =
        new HashMap<>(admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata().get());
    // The fence's partition is no prompt's.
    read.keySet().removeIf(partition -> !partition.topic().startsWith(PROMPTS));
    read.values().removeIf(java.util.Objects::isNull);
    Map<TopicPartition, String> owners = owners(group);
    // Of these nothing was read yet.
    for (TopicPartition owned : owners.keySet())
      if (owned.topic().startsWith(PROMPTS)) read.putIfAbsent(owned, new OffsetAndMetadata(0));
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    read.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(asked).all().get();
    List<Partition> partitions = new ArrayList<>();
    read.forEach(
        (partition, offset) -> {
          ListOffsetsResultInfo end = ends.get(partition);
          long lag = end == null ? 0 : Math.max(0, end.offset() - offset.offset());
          partitions.add(
              new Partition(partition.topic(), partition.partition(), lag, owners.getOrDefault(partition, "")));
        });
    return partitions;
  }

  private Map<TopicPartition, String> owners(GroupListing group) throws ExecutionException, InterruptedException {
    Map<TopicPartition, String> owners = new HashMap<>();
    String id = group.groupId();
    if (group.type().filter(type -> type == GroupType.STREAMS).isPresent())
      return owners(admin.describeStreamsGroups(List.of(id)).describedGroups().get(id).get());
    var described = admin.describeConsumerGroups(List.of(id)).describedGroups().get(id).get();
    for (MemberDescription member : described.members())
      member.assignment().topicPartitions().forEach(partition -> owners.put(partition, name(member)));
    return owners;
  }

  /// The broker assigns tasks, not partitions.
  private static Map<TopicPartition, String> owners(StreamsGroupDescription group) {
    Map<TopicPartition, String> owners = new HashMap<>();
    for (StreamsGroupSubtopologyDescription subtopology : group.subtopologies())
      for (StreamsGroupMemberDescription member : group.members())
        member.assignment().activeTasks().stream()
            .filter(tasks -> tasks.subtopologyId().equals(subtopology.subtopologyId()))
            .flatMap(tasks -> tasks.partitions().stream())
            .forEach(
                partition -> {
                  for (String topic : subtopology.sourceTopics())
                    owners.put(new TopicPartition(topic, partition), member.clientId().replaceFirst("-StreamThread-.*", ""));
                });
    return owners;
  }

  /// Kafka Streams adds the thread's number to the instance's name.
  private static String name(MemberDescription member) {
    return member
        .groupInstanceId()
        .map(id -> id.replaceFirst("-\\d+$", ""))
        .orElseGet(() -> member.host().replaceFirst("^/", ""));
  }
}
