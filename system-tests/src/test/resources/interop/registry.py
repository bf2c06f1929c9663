"""Confluent's Python client against a registry: registry.py URL HEX reads the prompt in HEX and prints one it wrote."""

import sys

from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext

SUBJECT = "interop-python-value"
FIRST = Schema('{"type":"record","name":"Interop","fields":[{"name":"a","type":"string"}]}', "AVRO")
NEXT = Schema('{"type":"record","name":"Interop","fields":[{"name":"a","type":"string"},{"name":"b","type":"int","default":0}]}', "AVRO")
BROKEN = Schema('{"type":"record","name":"Interop","fields":[{"name":"c","type":"string"}]}', "AVRO")


def refused(status, action):
    try:
        action()
    except SchemaRegistryError as error:
        assert error.http_status_code == status, error
        return
    raise AssertionError(f"not refused with {status}")


url, frame = sys.argv[1], bytes.fromhex(sys.argv[2])
client = SchemaRegistryClient({"url": url})
number = client.register_schema(SUBJECT, FIRST)
assert client.register_schema(SUBJECT, FIRST) == number
assert client.lookup_schema(SUBJECT, FIRST).schema_id == number
client.set_compatibility(SUBJECT, "FULL_TRANSITIVE")
assert client.get_compatibility(SUBJECT) == "FULL_TRANSITIVE"
assert client.test_compatibility(SUBJECT, NEXT)
assert not client.test_compatibility(SUBJECT, BROKEN)
refused(409, lambda: client.register_schema(SUBJECT, BROKEN))
refused(404, lambda: client.get_latest_version("no-such-subject"))
second = client.register_schema(SUBJECT, NEXT)
assert client.get_latest_version(SUBJECT).schema_id == second
assert client.get_versions(SUBJECT) == [1, 2]
assert SUBJECT in client.get_subjects()

context = SerializationContext("penstock.prompts.v1", MessageField.VALUE)
prompt = AvroDeserializer(client)(frame, context)
assert prompt["promptId"] == "from-java", prompt
write = AvroSerializer(client, conf={"auto.register.schemas": False, "use.latest.version": True})
print(write({"promptId": "from-python", "text": "Three words about tea."}, context).hex())
