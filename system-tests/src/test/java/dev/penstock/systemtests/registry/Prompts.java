package dev.penstock.systemtests.registry;

import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.Topic;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.AvroSerializer;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import java.util.HexFormat;

/// Prompts as they lie in the topic, in hexadecimal, written and read through a registry by a client without a memory.
record Prompts(String registryUrl) {

  String written(String promptId) {
    // First, since it declares which classes Avro may make.
    AvroSerializer<PromptRequested> serializer = new AvroSerializer<>(new HttpSchemaRegistry(registryUrl), Topic.PROMPTS);
    PromptRequested prompt = PromptRequested.newBuilder().setPromptId(promptId).setText("Three words about tea.").build();
    return HexFormat.of().formatHex(serializer.serialize(prompt));
  }

  String promptIdIn(String hex) {
    return new AvroDeserializer<PromptRequested>(new HttpSchemaRegistry(registryUrl), Topic.PROMPTS)
        .deserialize(HexFormat.of().parseHex(hex))
        .getPromptId();
  }
}
