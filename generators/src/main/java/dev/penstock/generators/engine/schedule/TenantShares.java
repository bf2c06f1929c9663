package dev.penstock.generators.engine.schedule;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// How much of a lane each tenant had by requests of one kind, in slots times steps, so that one with long requests gets no
/// more of the device than one with short ones (the virtual token counter of Sheng et al., "Fairness in serving large language
/// models", 2024).
///
/// Requests that go before others are of another kind: else a tenant that waits behind them would stay the one that had least, and
/// whoever comes would begin there.
///
/// A step is charged before it is taken: with the slots, and after a step to whoever stays for the next. A tenant of whom
/// nothing waits saves nothing up: when it comes it had as much as the one that had least of those that waited at the last
/// charge. A request that was prepared in vain is charged as a step of one slot, so that whoever sends what cannot be prepared
/// does not stay the one that had least.
///
/// Strangers, of whom nothing is kept, begin further on the more strangers had before them: all of them together get no more
/// than [#SHARES_OF_STRANGERS] tenants do. So a producer that makes up a tenant for each prompt does not starve those that
/// wait. One thread.
public final class TenantShares {

  /// How many tenants' shares all that strangers had by their first requests counts for.
  static final int SHARES_OF_STRANGERS = 16;

  /// Beyond so many tenants of whom nothing waits, what they had is forgotten.
  private static final int MOST_IDLE = 10_000;

  private static final class Share {
    private final String tenant;
    private long had;
    private long prepared;
    private int waiting;
    private int grants;

    private Share(String tenant, long had) {
      this.tenant = tenant;
      this.had = had;
    }
  }

  private final Map<String, Share> shares = new HashMap<>();
  /// Those of whom something waits.
  private final TreeSet<Share> waiting =
      new TreeSet<>(Comparator.<Share>comparingLong(share -> share.had).thenComparing(share -> share.tenant));
  private long least;
  /// Where a stranger begins, times [#SHARES_OF_STRANGERS].
  private long beginning;

  /// One more request of the tenant waits for slots.
  public void comes(String tenant) {
    Share share = share(tenant);
    if (share.waiting++ > 0) return;
    share.had = Math.max(share.had, least);
    waiting.add(share);
  }

  /// One request fewer waits.
  public void goes(String tenant) {
    Share share = share(tenant);
    if (--share.waiting > 0) return;
    waiting.remove(share);
    if (share.had <= least) shares.remove(tenant);
    if (shares.size() - waiting.size() > MOST_IDLE) shares.values().removeIf(idle -> idle.waiting == 0);
  }

  /// One that waits is being prepared.
  public void prepares(String tenant) {
    share(tenant).prepared++;
  }

  /// One that was prepared, or could not be, gets no slots.
  public void wastes(String tenant) {
    grants(tenant, 1);
  }

  /// One that was prepared gets its slots, for a step.
  public void grants(String tenant, int slots) {
    Share share = share(tenant);
    share.prepared--;
    share.grants++;
    charges(share, slots);
  }

  /// One that has its slots keeps them, for one step more.
  public void keeps(String tenant, int slots) {
    charges(share(tenant), slots);
  }

  /// Slots times steps. Does not fall while requests of the tenant wait.
  public long had(String tenant) {
    return share(tenant).had;
  }

  /// What it had, and a step of one slot for each request that was prepared for it and has not got its slots. Does not fall
  /// while requests of the tenant wait.
  public long claimed(String tenant) {
    Share share = share(tenant);
    return share.had + share.prepared;
  }

  private Share share(String tenant) {
    Share known = shares.get(tenant);
    if (known != null) return known;
    beginning = Math.max(beginning, least * SHARES_OF_STRANGERS);
    Share stranger = new Share(tenant, beginning / SHARES_OF_STRANGERS);
    shares.put(tenant, stranger);
    return stranger;
  }

  private void charges(Share share, int slots) {
    least = waiting.isEmpty() ? Math.max(Math.max(least, share.had), beginning / SHARES_OF_STRANGERS) : waiting.first().had;
    boolean waits = share.waiting > 0;
    if (waits) waiting.remove(share);
    share.had += slots;
    if (waits) waiting.add(share);
    if (share.grants <= 1) beginning += slots;
  }
}
