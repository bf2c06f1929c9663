"""Sends every row of a campaign file to Penstock and waits until each has its outcome and every content is there.

For clusters that ask who you are, --client-config names a file of librdkafka settings (key=value lines), for example
security.protocol=SASL_SSL, sasl.mechanism=SCRAM-SHA-512, sasl.username, sasl.password, ssl.ca.location.
"""

import argparse
import collections
import csv
import sys
import time
import uuid

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

PROMPTS = "penstock.prompts.v1"
CONTENT = "penstock.content.v1"
OUTCOMES = "penstock.outcomes.v1"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", help="CSV with the columns campaign, modality, text, candidates, seed")
    parser.add_argument("--rate", type=float, default=1000, help="prompts a second")
    parser.add_argument("--timeout", type=float, default=300, help="seconds")
    parser.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    parser.add_argument("--schema-registry", default="http://127.0.0.1:8081")
    parser.add_argument("--client-config", help="file of librdkafka settings")
    return parser.parse_args()


def client_settings(options):
    settings = {"bootstrap.servers": options.bootstrap_servers}
    if options.client_config:
        with open(options.client_config, encoding="utf-8") as lines:
            settings.update(line.strip().split("=", 1) for line in lines if "=" in line)
    return settings


def prompts_of(path):
    with open(path, encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield {
                "promptId": str(uuid.uuid4()), "text": row["text"], "campaign": row["campaign"],
                "modality": row["modality"].upper(), "candidates": int(row["candidates"] or 1),
                "seed": int(row["seed"]) if row["seed"] else None,
            }


def answers_from_now_on(settings):
    """A consumer that stands at the end of both answer topics."""
    consumer = Consumer({
        **settings,
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


def send(settings, registry, prompts, rate):
    producer = Producer({
        **settings,
        "enable.idempotence": True,
        # Java's partitioner. librdkafka's own default puts keys elsewhere, and the prompt would be rejected.
        "partitioner": "murmur2_random",
    })
    serializer = AvroSerializer(registry, conf={"auto.register.schemas": False, "use.latest.version": True})
    failures = []
    for prompt in prompts:
        producer.produce(
            PROMPTS, key=prompt["promptId"],
            value=serializer(prompt, SerializationContext(PROMPTS, MessageField.VALUE)),
            on_delivery=lambda error, message: error and failures.append(error))
        producer.poll(1 / rate)
    producer.flush(60)
    if failures:
        raise KafkaException(failures[0])


def wait(consumer, registry, ids, timeout):
    """The outcome of each prompt, by id, and the ids of the contents that came."""
    deserializer = AvroDeserializer(registry)
    outcomes, contents, end = {}, set(), time.monotonic() + timeout
    while time.monotonic() < end:
        message = consumer.poll(0.2)
        if message is not None and message.error():
            raise KafkaException(message.error())
        if message is not None and message.key() and message.key().decode() in ids:
            value = deserializer(message.value(), SerializationContext(message.topic(), MessageField.VALUE))
            if message.topic() == CONTENT:
                contents.add(value["contentId"])
            else:
                outcomes[value["promptId"]] = value
        wanted = {content for outcome in outcomes.values() for content in outcome["contentIds"]}
        if len(outcomes) == len(ids) and wanted <= contents:
            return outcomes
    sys.exit(f"{len(ids) - len(outcomes)} of {len(ids)} prompts have no answer after {timeout:g} s")


def main():
    options = arguments()
    settings = client_settings(options)
    registry = SchemaRegistryClient({"url": options.schema_registry})
    prompts = list(prompts_of(options.file))
    consumer = answers_from_now_on(settings)
    send(settings, registry, prompts, options.rate)
    outcomes = wait(consumer, registry, {prompt["promptId"] for prompt in prompts}, options.timeout)
    consumer.close()
    counts = collections.Counter(outcome["outcome"] for outcome in outcomes.values())
    print(", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    if counts["COMPLETED"] != len(prompts):
        sys.exit(1)


if __name__ == "__main__":
    main()
