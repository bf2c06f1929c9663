"""Sends one prompt to Penstock and prints what was generated for it.

Knows nothing of Penstock but its topics; everything else is Confluent's client for Python.
"""

import argparse
import sys
import time
import uuid

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

PROMPTS = "penstock.prompts.v1"
CANCELLATIONS = "penstock.cancellations.v1"
CONTENT = "penstock.content.v1"
OUTCOMES = "penstock.outcomes.v1"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", help="what is wanted, in words")
    parser.add_argument("--model", help="name or name@version")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--out", help="file for content that is not text")
    parser.add_argument("--timeout", type=float, default=60, help="seconds, after which the prompt is taken back")
    parser.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    parser.add_argument("--schema-registry", default="http://127.0.0.1:8081")
    return parser.parse_args()


def answers_from_now_on(servers):
    """A consumer that stands at the end of both answer topics."""
    consumer = Consumer({
        "bootstrap.servers": servers,
        "group.id": "penstock-example",
        "enable.auto.commit": False,
        # Penstock answers in transactions; an aborted one is no answer.
        "isolation.level": "read_committed",
    })
    partitions = []
    for topic in (CONTENT, OUTCOMES):
        for partition in consumer.list_topics(topic, timeout=10).topics[topic].partitions:
            end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)[1]
            partitions.append(TopicPartition(topic, partition, end))
    consumer.assign(partitions)
    return consumer


def send(servers, registry, prompt):
    produce(servers, registry, PROMPTS, prompt["promptId"], prompt)


def take_back(servers, registry, prompt_id, reason):
    """The key is that of the prompt, so that both are read by the same task."""
    produce(servers, registry, CANCELLATIONS, prompt_id, {"promptId": prompt_id, "tenant": None, "reason": reason})


def produce(servers, registry, topic, key, record):
    producer = Producer({
        "bootstrap.servers": servers,
        "enable.idempotence": True,
        # Java's partitioner. librdkafka's own default puts keys elsewhere, and the prompt would be rejected.
        "partitioner": "murmur2_random",
    })
    serializer = AvroSerializer(registry, conf={"auto.register.schemas": False, "use.latest.version": True})
    value = serializer(record, SerializationContext(topic, MessageField.VALUE))
    failures = []
    producer.produce(
        topic, key=key, value=value,
        on_delivery=lambda error, message: error and failures.append(error))
    producer.flush(30)
    if failures:
        raise KafkaException(failures[0])


def answer(consumer, registry, prompt_id, timeout):
    """The outcome of a prompt, and the content it names; None if there is none in time."""
    deserializer = AvroDeserializer(registry)
    contents, outcome, end = {}, None, time.monotonic() + timeout
    while time.monotonic() < end:
        message = consumer.poll(0.2)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        if message.key() != prompt_id.encode():
            continue
        value = deserializer(message.value(), SerializationContext(message.topic(), MessageField.VALUE))
        if message.topic() == CONTENT:
            contents[value["contentId"]] = value
        else:
            outcome = value
        if outcome and set(outcome["contentIds"]) <= contents.keys():
            return outcome, [contents[content_id] for content_id in outcome["contentIds"]]
    return None, []


def main():
    options = arguments()
    registry = SchemaRegistryClient({"url": options.schema_registry})
    prompt = {"promptId": str(uuid.uuid4()), "text": options.text, "model": options.model, "seed": options.seed}
    consumer = answers_from_now_on(options.bootstrap_servers)
    send(options.bootstrap_servers, registry, prompt)
    outcome, contents = answer(consumer, registry, prompt["promptId"], options.timeout)
    if outcome is None:
        take_back(options.bootstrap_servers, registry, prompt["promptId"], "nobody waits for it any more")
        outcome, contents = answer(consumer, registry, prompt["promptId"], options.timeout)
    consumer.close()
    if outcome is None:
        sys.exit(f"prompt {prompt['promptId']} has no answer after {2 * options.timeout:g} s")
    if not contents:
        sys.exit(f"{outcome['outcome']} {outcome['reason']}: {outcome['message']}")
    for content in contents:
        if content["mediaType"].startswith(("text/", "application/json")):
            print(content["body"].decode())
        elif options.out and content["body"] is not None:
            with open(options.out, "wb") as file:
                file.write(content["body"])
        else:
            print(f"{content['mediaType']}, {content['bodySize']} bytes {content['bodyUri'] or ''}")


if __name__ == "__main__":
    main()
