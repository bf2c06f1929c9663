/// What a stranger may put on a topic of prompts: [HostileRecords].
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.hostile;
