/// The commands that put prompts in and read answers back: [SendCommand], [CampaignCommand], [WatchCommand],
/// [GetCommand]. They reach Kafka through a [Cluster]; what they print is standard output where it is the answer, and
/// standard error where it is about it.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer.cli;
