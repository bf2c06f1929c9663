// Confluent's JavaScript client against a registry: registry.mjs URL HEX reads the prompt in HEX and prints one it wrote.
import assert from "node:assert";
import { AvroDeserializer, AvroSerializer, Compatibility, SchemaRegistryClient, SerdeType } from "@confluentinc/schemaregistry";

const [url, hex] = process.argv.slice(2);
const subject = "interop-javascript-value";
const record = fields => ({ schemaType: "AVRO", schema: JSON.stringify({ type: "record", name: "Interop", fields }) });
const first = record([{ name: "a", type: "string" }]);
const next = record([{ name: "a", type: "string" }, { name: "b", type: "int", default: 0 }]);
const broken = record([{ name: "c", type: "string" }]);

const client = new SchemaRegistryClient({ baseURLs: [url] });
const id = await client.register(subject, first);
assert.equal(await client.getId(subject, first), id);
await client.updateCompatibility(subject, Compatibility.FULL_TRANSITIVE);
assert.equal(await client.getCompatibility(subject), Compatibility.FULL_TRANSITIVE);
assert.equal(await client.testSubjectCompatibility(subject, next), true);
assert.equal(await client.testSubjectCompatibility(subject, broken), false);
await assert.rejects(client.register(subject, broken), error => error.status === 409);
await assert.rejects(client.getLatestSchemaMetadata("no-such-subject"), error => error.status === 404);
const second = await client.register(subject, next);
assert.equal((await client.getLatestSchemaMetadata(subject)).id, second);
assert.deepEqual(await client.getAllVersions(subject), [1, 2]);
assert.ok((await client.getAllSubjects()).includes(subject));

const topic = "penstock.prompts.v1";
const prompt = await new AvroDeserializer(client, SerdeType.VALUE, {}).deserialize(topic, Buffer.from(hex, "hex"));
assert.equal(prompt.promptId, "from-java");
const serializer = new AvroSerializer(client, SerdeType.VALUE, { autoRegisterSchemas: false, useLatestVersion: true });
const nothing = Object.fromEntries(Object.keys(prompt).map(name => [name, prompt[name]]));
console.log((await serializer.serialize(topic, { ...nothing, promptId: "from-javascript" })).toString("hex"));
