"""Sends one prompt to Penstock and prints its text while it is written.

Chunks are a preview: an execution may be given up at any time (its process was killed), and another then begins at the
first word under another id. So chunks are joined per execution, the one that began last is shown, and the content
record says which execution won and whether all of its chunks were there.
"""

import argparse
import hashlib
import sys
import time
import uuid

from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

from prompt import CONTENT, OUTCOMES, send

CHUNKS = "penstock.chunks.v1"


class Texts:
    """Joins chunks to texts, and never those of two executions."""

    def __init__(self):
        self.current = {}  # content id -> [execution id, texts]

    def add(self, chunk):
        """What to show: (begins, text), or None."""
        held = self.current.get(chunk["contentId"])
        begins = chunk["index"] == 0 and (held is None or held[0] != chunk["executionId"])
        if begins:
            held = self.current[chunk["contentId"]] = [chunk["executionId"], []]
        if held is None or held[0] != chunk["executionId"] or chunk["index"] != len(held[1]):
            return None
        held[1].append(chunk["text"])
        return begins, chunk["text"]

    def seal(self, content):
        """The text that was shown of the execution that won, and whether it is the whole."""
        execution, texts = self.current.pop(content["contentId"], (None, []))
        if execution != content["executionId"]:
            return None, False
        text = "".join(texts)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return text, len(texts) == content["chunkCount"] and digest == content["chunksSha256"]


def reader(servers, topics, from_the_beginning):
    consumer = Consumer({
        "bootstrap.servers": servers,
        "group.id": "penstock-example",
        "enable.auto.commit": False,
        "isolation.level": "read_committed",
        "fetch.wait.max.ms": 50,
    })
    partitions = []
    for topic in topics:
        for partition in consumer.list_topics(topic, timeout=10).topics[topic].partitions:
            low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)
            partitions.append(TopicPartition(topic, partition, low if from_the_beginning else high))
    consumer.assign(partitions)
    return consumer


def records(consumer, registry, timeout):
    """(topic, key, value) until nothing has come for `timeout` seconds."""
    deserializer = AvroDeserializer(registry)
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        message = consumer.poll(0.1)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        end = time.monotonic() + timeout
        yield message.topic(), message.key(), deserializer(
            message.value(), SerializationContext(message.topic(), MessageField.VALUE))


def show(options, registry):
    prompt = {"promptId": str(uuid.uuid4()), "text": options.text, "seed": options.seed, "stream": True}
    consumer = reader(options.bootstrap_servers, (CHUNKS, CONTENT, OUTCOMES), False)
    send(options.bootstrap_servers, registry, prompt)
    texts, content, printed = Texts(), None, False
    for topic, key, value in records(consumer, registry, options.timeout):
        if key != prompt["promptId"].encode():
            continue
        if topic == CHUNKS and content is None:
            shown = texts.add(value)
            if shown:
                begins, text = shown
                print("\n" + text if begins and printed else text, end="", flush=True)
                printed = True
        elif topic == CONTENT:
            content = value
            body = content["body"].decode()
            text, whole = texts.seal(content)
            # The topics are read side by side, so the content may be here before its last chunks.
            if text and body.startswith(text):
                print(body[len(text):])
            else:
                print("\n" + body if printed else body)
            print("all chunks were there" if whole else "the rest came with the content", file=sys.stderr)
        elif topic == OUTCOMES:
            if content is None and value["contentIds"]:
                continue
            if content is None:
                sys.exit(f"{value['outcome']} {value['reason']}: {value['message']}")
            return
        if content is not None:
            return
    sys.exit(f"prompt {prompt['promptId']} has no answer after {options.timeout:g} s")


def check(options, registry):
    """Reads both topics from the beginning and says what their chunks amount to."""
    chunks, contents = [], []
    for topic, _, value in records(
            reader(options.bootstrap_servers, (CHUNKS, CONTENT), True), registry, options.timeout):
        (chunks if topic == CHUNKS else contents).append(value)
    texts, whole = {}, 0
    for chunk in chunks:
        texts.setdefault(chunk["executionId"], {})[chunk["index"]] = chunk["text"]
    for content in contents:
        if content["chunkCount"] is None:
            continue
        parts = texts.pop(content["executionId"], {})
        text = "".join(parts[index] for index in range(len(parts)))
        if len(parts) != content["chunkCount"] or text != content["body"].decode():
            sys.exit(f"content {content['contentId']} is not what its chunks say")
        whole += 1
    print(f"{whole} contents are their chunks, {len(texts)} executions were given up")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text", nargs="?", help="what is wanted, in words")
    parser.add_argument("--check", action="store_true", help="compare all chunks with all contents instead")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--timeout", type=float, default=60, help="seconds without a record")
    parser.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    parser.add_argument("--schema-registry", default="http://127.0.0.1:8081")
    options = parser.parse_args()
    registry = SchemaRegistryClient({"url": options.schema_registry})
    if options.check:
        check(options, registry)
    elif options.text:
        show(options, registry)
    else:
        parser.error("say what is wanted, or --check")


if __name__ == "__main__":
    main()
