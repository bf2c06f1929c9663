package dev.penstock.chaos.fault;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.cluster.TcpProxy.Mode;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Every kind of fault there is.
public enum FaultKind {
  KILL_RESTART("an instance is killed (kill -9) and started again at once"),
  KILL_TAKEOVER("an instance is killed (kill -9) and stays away until others have its work"),
  FREEZE("an instance is frozen (SIGSTOP) past its session, then goes on (SIGCONT)"),
  TERMINATE("an instance is stopped in order (SIGTERM) and started again"),
  ROLLING_RESTART("every instance is stopped in order and started again, one after the other"),
  SCALE("one more instance joins for a while and leaves again"),
  NATIVE_CRASH("an instance crashes in native code (SIGSEGV in the thread that steps a model)"),
  BROKER_KILL("one of three brokers is killed (kill -9) and comes back"),
  BROKERS_AWAY("all brokers are killed and come back after 30 s"),
  NETWORK_CUT("an instance's connections to the brokers are reset, new ones too"),
  NETWORK_SLOW("every piece of data between an instance and the brokers waits"),
  NETWORK_SILENT("connections between an instance and the brokers are half open: nothing moves, nobody is told"),
  REGISTRY_ERRORS("the registry answers 500 while an instance is started again"),
  REGISTRY_HANGS("the registry does not answer while an instance is started again"),
  SINK_KILL("the sink is killed (kill -9) and started again"),
  DATABASE_DOWN("the database is away for 60 s"),
  DISK_FULL("the disk that holds an instance's inbox is full"),
  CLOCK_JUMP("one more instance joins, whose clock jumps and jumps back, and leaves again");

  private final String sentence;

  FaultKind(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }

  /// As figures are named.
  public String figure() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether an instance's process ends in it without being asked.
  public boolean isKill() {
    return this == KILL_RESTART || this == KILL_TAKEOVER || this == NATIVE_CRASH;
  }

  /// A fault of this kind; the seed decides whom it hits, how hard and how long.
  ///
  /// @return null if this machine cannot have it: it may not mount a file system, or has no libfaketime
  public @Nullable Fault draw(Site site, long seed) {
    Random random = new Random(seed);
    int instance = random.nextInt(Math.min(2, site.instances().size()));
    return switch (this) {
      case KILL_RESTART -> new KilledInstance(site, instance, Duration.ofMillis(random.nextInt(200)));
      case KILL_TAKEOVER -> new KilledInstance(site, instance, seconds(random, 15, 18));
      case FREEZE -> new FrozenInstance(site, instance, seconds(random, 8, 14));
      case TERMINATE -> new TerminatedInstance(site, instance);
      case ROLLING_RESTART -> new RolledInstances(site);
      case SCALE -> new ScaledOut(site, seconds(random, 8, 15));
      case NATIVE_CRASH -> new CrashedInstance(site, instance);
      case BROKER_KILL -> new KilledBroker(site, random.nextInt(3), seconds(random, 2, 10));
      case BROKERS_AWAY -> new AbsentBrokers(site, Duration.ofSeconds(30));
      case NETWORK_CUT -> new BrokenNetwork(site, instance, new Mode.Cut(), seconds(random, 3, 12));
      case NETWORK_SLOW ->
          new BrokenNetwork(site, instance, new Mode.Slow(random.nextInt(50, 250)), seconds(random, 8, 15));
      case NETWORK_SILENT -> new BrokenNetwork(site, instance, new Mode.Silent(), seconds(random, 4, 14));
      case REGISTRY_ERRORS -> new BrokenRegistry(site, instance, new Mode.HttpStatus(500), seconds(random, 8, 15));
      case REGISTRY_HANGS -> new BrokenRegistry(site, instance, new Mode.Silent(), seconds(random, 8, 15));
      case SINK_KILL -> new KilledSink(site);
      case DATABASE_DOWN -> new AbsentDatabase(site, Duration.ofSeconds(60));
      case DISK_FULL ->
          site.smallFileSystem().isEmpty() || site.instances().size() < 2
              ? null
              : new FullDisk(site, seconds(random, 8, 15));
      case CLOCK_JUMP -> site.clock().isEmpty() ? null : new JumpedClock(site, offset(random), seconds(random, 8, 15));
    };
  }

  private static Duration seconds(Random random, int least, int most) {
    return Duration.ofMillis(random.nextInt(least * 1000, most * 1000));
  }

  private static Duration offset(Random random) {
    Duration distance = Duration.ofSeconds(random.nextInt(60, 3 * 3600));
    return random.nextBoolean() ? distance : distance.negated();
  }
}
