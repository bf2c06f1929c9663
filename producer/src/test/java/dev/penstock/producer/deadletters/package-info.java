/// Tests of dead letters and their replay.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer.deadletters;
