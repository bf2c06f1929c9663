package dev.penstock.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Topics are created as the catalogue says.
class TopicTest {

  @ParameterizedTest
  @EnumSource(Topic.class)
  void namesAreVersionedAndSubjectsFollowThem(Topic topic) {
    assertThat(topic.topicName()).matches("penstock\\.[a-z-]+\\.v1");
    assertThat(topic.subject()).isEqualTo(topic.topicName() + "-value");
  }

  @Test
  void aTopicIsCreatedWithItsRetentionAndSize() {
    NewTopic created = Topic.DEAD_LETTERS.toNewTopic(6, (short) -1);

    assertThat(created.name()).isEqualTo("penstock.dead-letters.v1");
    assertThat(created.numPartitions()).isEqualTo(6);
    assertThat(created.replicationFactor()).isEqualTo((short) -1);
    assertThat(created.configs())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "2592000000")
        .containsEntry("max.message.bytes", "4194304");
  }

  /// A dead letter holds a prompt record as it came, and more.
  @Test
  void aDeadLetterHasRoomForTheLargestPrompt() {
    assertThat(Topic.DEAD_LETTERS.maxMessageBytes()).isGreaterThan(2 * Topic.PROMPTS.maxMessageBytes());
  }
}
