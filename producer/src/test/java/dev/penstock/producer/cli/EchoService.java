package dev.penstock.producer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.producer.answers.Answers;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.ContentChunk;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.SourcePosition;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Stands in for a generator: answers every prompt with its own text, rejects those that contain "nonsense", and never
/// answers those that contain "silence".
public final class EchoService implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroDeserializer<PromptRequested> prompts;
  private final Answers answers;
  private final KafkaProducer<byte[], byte[]> chunks;
  private final AvroSerializer<ContentChunk> chunkSerializer;
  private final Thread thread;
  private volatile boolean isClosed;

  public EchoService(KafkaClients clients, SchemaRegistry registry) {
    this.prompts = new AvroDeserializer<>(registry, Topic.PROMPTS);
    this.answers = new Answers(clients, registry);
    this.chunks = clients.producer(Map.of());
    this.chunkSerializer = new AvroSerializer<>(registry, Topic.CHUNKS);
    this.consumer = clients.consumer(Map.of());
    String topic = Topic.PROMPTS.topicName();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    this.thread = Thread.ofPlatform().name("echo").start(this::serve);
  }

  private void serve() {
    while (!isClosed) consumer.poll(Duration.ofMillis(50)).forEach(this::answer);
    consumer.close();
    answers.close();
    chunks.close();
  }

  private void answer(ConsumerRecord<byte[], byte[]> source) {
    PromptRequested prompt = Objects.requireNonNull(prompts.deserialize(source.topic(), source.value()));
    if (prompt.getText().contains("silence")) return;
    SourcePosition position = new SourcePosition(source.topic(), source.partition(), source.offset());
    String id = prompt.getPromptId();
    if (prompt.getText().contains("nonsense")) {
      answers.commit(
          PromptOutcome.newBuilder(Answers.outcome(id, Outcome.REJECTED))
              .setSource(position)
              .setReason("INVALID_PARAMETER")
              .setMessage("temperature is 9; allowed are 0 to 2")
              .build());
      return;
    }
    if (prompt.getStream()) tell(prompt);
    ContentGenerated[] contents = new ContentGenerated[prompt.getVariants()];
    for (int variant = 0; variant < contents.length; variant++) contents[variant] = content(prompt, variant);
    PromptOutcome outcome =
        PromptOutcome.newBuilder(Answers.outcome(id, Outcome.COMPLETED, contents)).setSource(position).build();
    SpecificRecordBase[] records = new SpecificRecordBase[contents.length + 1];
    System.arraycopy(contents, 0, records, 0, contents.length);
    records[contents.length] = outcome;
    answers.commit(records);
  }

  /// As if the first process had been killed after its first words.
  private void tell(PromptRequested prompt) {
    String id = prompt.getPromptId();
    Answers.chunks(id, "killed", "ec").forEach(this::write);
    Answers.chunks(id, "e", "echo: ", prompt.getText()).forEach(this::write);
    chunks.flush();
  }

  private void write(ContentChunk chunk) {
    chunks.send(
        new ProducerRecord<>(
            Topic.CHUNKS.topicName(), chunk.getPromptId().getBytes(UTF_8), chunkSerializer.serialize(chunk)));
  }

  private static ContentGenerated content(PromptRequested prompt, int variant) {
    ContentGenerated text = Answers.content(prompt.getPromptId(), variant, "echo: " + prompt.getText());
    var content = ContentGenerated.newBuilder(text).setCampaign(prompt.getCampaign());
    if (prompt.getStream()) content.setChunkCount(2).setChunksSha256(text.getBodySha256());
    if (prompt.getModality() == Modality.IMAGE) content.setModality(Modality.IMAGE).setMediaType("image/png");
    return content.build();
  }

  /// What an image prompt is answered with.
  static byte[] picture(String text) {
    return ("echo: " + text).getBytes(UTF_8);
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
