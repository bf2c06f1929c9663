package dev.penstock.generatorstream.inbox;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds of all inboxes of a process.
///
/// @param entries prompts that wait or run, over all tasks; shared by them
/// @param maxEntries beyond it prompts are rejected as INBOX_FULL
/// @param window how many variants of each priority a task hands to the engine ahead of time
/// @param tenantEntries prompts of one tenant in one task; beyond it they are rejected as TENANT_LIMIT
/// @param ages of the prompts that wait or run, over all tasks; shared by them
public record InboxLimits(AtomicLong entries, long maxEntries, int window, long tenantEntries, InboxAges ages) {

  /// Without a limit for tenants.
  public InboxLimits(AtomicLong entries, long maxEntries, int window) {
    this(entries, maxEntries, window, Long.MAX_VALUE);
  }

  public InboxLimits(AtomicLong entries, long maxEntries, int window, long tenantEntries) {
    this(entries, maxEntries, window, tenantEntries, new InboxAges());
  }

  boolean isFull() {
    return entries.get() >= maxEntries;
  }
}
