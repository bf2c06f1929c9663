package dev.penstock.chaos;

import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.fault.Claims;
import dev.penstock.chaos.guarantee.Account;
import dev.penstock.chaos.guarantee.Accounted;
import dev.penstock.chaos.guarantee.AllCompleted;
import dev.penstock.chaos.guarantee.ChunksMatchSeal;
import dev.penstock.chaos.guarantee.ContentAsNamed;
import dev.penstock.chaos.guarantee.EverythingInItsPlace;
import dev.penstock.chaos.guarantee.InnocentsSpared;
import dev.penstock.chaos.guarantee.NoSlotLeaked;
import dev.penstock.chaos.guarantee.NothingLeftBehind;
import dev.penstock.chaos.guarantee.NothingLost;
import dev.penstock.chaos.guarantee.NothingTwice;
import dev.penstock.chaos.guarantee.OrderedPerKey;
import dev.penstock.chaos.guarantee.Recount;
import dev.penstock.chaos.guarantee.SameSeedSameBytes;
import dev.penstock.chaos.guarantee.SinkExactlyOnce;
import dev.penstock.chaos.load.Arrivals;
import dev.penstock.chaos.load.PromptSet;
import dev.penstock.chaos.load.SteadyLoad;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.chaos.process.ProgramProcess;
import dev.penstock.chaos.process.Status;
import dev.penstock.chaos.process.Wait;
import dev.penstock.chaos.report.Findings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One run: every prompt of the set once, undisturbed, as the measure for bytes; then the load with faults; then quiet,
/// until every prompt has ended; then the account.
public final class ChaosRun {

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

  private final Site site;
  private final ChaosPlan plan;
  private final PrintStream out;
  private final List<String> unexpectedExits = new ArrayList<>();

  public ChaosRun(Site site, ChaosPlan plan, PrintStream out) {
    this.site = site;
    this.plan = plan;
    this.out = out;
  }

  /// On a site that was just built. Returns when the site is quiet again; it is left running.
  ///
  /// @throws SQLException if the sink's database cannot be read at the end
  public Findings run() throws SQLException {
    site.startAll();
    PromptSet prompts = new PromptSet(plan.promptSet());
    try (Recount recount = new Recount(site.brokers().bootstrapServers(), site.directRegistryUrl());
        Arrivals arrivals = new Arrivals(site.clients(), site.registry())) {
      SteadyLoad load = new SteadyLoad(site.clients(), site.registry(), prompts, arrivals);
      load.sendEach("undisturbed");
      SameSeedSameBytes sameBytes = SameSeedSameBytes.as(recount.awaitEnd(Patience.FOR_WORK));
      out.printf("%d prompts answered undisturbed; now with faults%n", plan.promptSet());
      Audit audit = Audit.start(site);
      FaultPlan faults = disturb(load, arrivals, audit);
      List<String> late = quiet(recount);
      Instant end = Instant.now();
      Account account = recount.takeWithInbox();
      return new Findings(
          plan.seed(), faults.start(), end, faults.strikes(), arrivals.journeys(), violations(account, sameBytes, late, audit),
          counts(account, audit), faults.impossible(), unexpectedExits);
    }
  }

  private FaultPlan disturb(SteadyLoad load, Arrivals arrivals, Audit audit) {
    try (load; audit) {
      load.start(plan.promptsASecond(), plan.seed());
      FaultPlan faults = new FaultPlan(site, plan, out);
      Instant nextLine = Instant.now().plus(BETWEEN_LINES);
      while (!faults.isOver()) {
        faults.tick();
        reviveWhoEndedByItself(faults);
        if (Instant.now().isAfter(nextLine)) {
          nextLine = nextLine.plus(BETWEEN_LINES);
          out.printf(
              Locale.ROOT, "%6.1f s  %d prompts sent, %d under way, %d faults over%n",
              Duration.between(faults.start(), Instant.now()).toMillis() / 1e3, load.sent(), arrivals.underWay(),
              faults.strikes().size());
        }
        Wait.pause(TICK);
      }
      return faults;
    }
  }

  /// As a supervisor would; that it was needed is told.
  private void reviveWhoEndedByItself(FaultPlan faults) {
    for (int i = 0; i < site.instances().size(); i++) {
      GeneratorInstance instance = site.instances().get(i);
      if (!faults.isFree(Claims.instance(i)) || instance.isRunning()) continue;
      tell(instance.name(), instance.process());
      instance.start();
    }
    if (faults.isFree(Claims.SINK) && !site.sink().isRunning()) {
      tell(site.sink().name(), site.sink().process());
      site.startSink();
    }
  }

  private void tell(String name, ProgramProcess process) {
    List<String> lines = process.lines();
    unexpectedExits.add(
        "%s ended by itself, %s: %s".formatted(name, process.state(), lines.isEmpty() ? "" : lines.getLast()));
    out.println("          " + unexpectedExits.getLast());
  }

  /// Waits for every prompt's end, and for the sink.
  ///
  /// @return a sentence if the wait was in vain
  private List<String> quiet(Recount recount) {
    try {
      site.startAll();
      int outcomes = recount.awaitEnd(Patience.FOR_WORK).outcomes().size();
      Wait.until("the sink has every outcome", Patience.FOR_A_PROCESS, () -> stored() >= outcomes);
      return List.of();
    } catch (AssertionError | IllegalStateException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private int stored() {
    try {
      return site.database().outcomes();
    } catch (SQLException e) {
      throw new IllegalStateException("the sink's database does not answer: " + e.getMessage(), e);
    }
  }

  private Map<String, List<String>> violations(Account account, SameSeedSameBytes sameBytes, List<String> late, Audit audit)
      throws SQLException {
    SinkExactlyOnce sink = site.database().rows();
    Map<String, List<String>> violations = new LinkedHashMap<>();
    violations.put("lost", account.violations(new NothingLost(), new ContentAsNamed()));
    violations.put("duplicated", account.violations(new NothingTwice()));
    List<String> unaccounted = new ArrayList<>(audit.violations());
    unaccounted.addAll(account.violations(new Accounted(), new NothingLeftBehind()));
    violations.put("unaccounted", unaccounted);
    violations.put("chunk_mismatches", account.violations(new ChunksMatchSeal()));
    violations.put("byte_differences", account.violations(sameBytes));
    violations.put("innocents_quarantined", account.violations(new InnocentsSpared()));
    violations.put("not_completed", account.violations(new AllCompleted()));
    violations.put("out_of_order", account.violations(new OrderedPerKey()));
    violations.put("misplaced", account.violations(new EverythingInItsPlace()));
    violations.put("sink_differences", account.violations(sink));
    violations.put("slots_leaked", account.violations(new NoSlotLeaked(held())));
    violations.put("not_ended_in_time", late);
    return violations;
  }

  private Map<String, Long> held() {
    Map<String, Long> held = new TreeMap<>();
    for (GeneratorInstance instance : site.instances()) {
      Status status = instance.status().orElse(Status.NONE);
      held.put(instance.name(), status.inboxEntries() + status.inFlight() + status.busySlots());
    }
    return held;
  }

  private static Map<String, Integer> counts(Account account, Audit audit) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("prompts", account.prompts().size());
    counts.put("outcomes", account.outcomes().size());
    counts.put("contents", account.contents().size());
    counts.put("chunks", account.chunks().size());
    counts.put("in_flight", account.inbox().inFlight().size());
    counts.put("accounts_meanwhile", audit.accounts());
    return counts;
  }
}
