package dev.penstock.generatorstream.inbox;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds of all inboxes of a process.
///
/// @param entries prompts that wait or run, over all tasks; shared by them
/// @param maxEntries beyond it prompts are rejected as INBOX_FULL
/// @param window how many variants of each priority a task hands to the engine ahead of time
public record InboxLimits(AtomicLong entries, long maxEntries, int window) {

  boolean isFull() {
    return entries.get() >= maxEntries;
  }
}
