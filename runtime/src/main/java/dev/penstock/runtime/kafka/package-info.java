/// Kafka clients made from the settings.
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime.kafka;
