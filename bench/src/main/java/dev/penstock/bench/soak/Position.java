package dev.penstock.bench.soak;

/// Where a record lies on the topic of prompts.
record Position(int partition, long offset) {}
