package dev.penstock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.chaos.ChaosPlan;
import dev.penstock.chaos.ChaosRun;
import dev.penstock.chaos.cluster.Site;
import dev.penstock.chaos.cluster.SiteSettings;
import dev.penstock.chaos.fault.FaultKind;
import dev.penstock.chaos.report.Findings;
import dev.penstock.chaos.report.HtmlReport;
import dev.penstock.chaos.report.JsonReport;
import dev.penstock.standalone.infrastructure.Folders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The short form of `penstock chaos`: one after the other a killed instance, a killed broker, a cut network and a native
/// crash, against three brokers and two instances, in two set-ups: one for each group protocol. Every prompt ends once, with the bytes of an undisturbed
/// run, in the order of its key, in the sink once; chunks are their content; nobody is blamed.
final class ChaosTest {

  private static final List<FaultKind> FAULTS =
      List.of(FaultKind.KILL_RESTART, FaultKind.BROKER_KILL, FaultKind.NETWORK_CUT, FaultKind.NATIVE_CRASH);

  @ParameterizedTest
  @CsvSource({"classic, 1, 256", "streams, 2, 4"})
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everyGuaranteeHoldsUnderFaults(String groupProtocol, int streamThreads, int inboxWindow) throws Exception {
    Path folder = Path.of("target", "system-tests", "ChaosTest-" + groupProtocol).toAbsolutePath();
    Folders.remove(folder);
    Map<String, String> set =
        Map.of(
            "group.protocol", groupProtocol,
            "stream.threads", Integer.toString(streamThreads),
            "inbox.window", Integer.toString(inboxWindow));
    ChaosPlan plan =
        new ChaosPlan(Duration.ofSeconds(52), streamThreads, FAULTS, Duration.ofSeconds(15), Duration.ZERO, true, 3, 40);
    try (Site site = Site.build(folder, new SiteSettings(2, set, Map.of()))) {
      Findings findings = new ChaosRun(site, plan, System.out).run();
      HtmlReport.write(folder.resolve("chaos.html"), findings);

      assertThat(findings.violations().values()).as("%s", folder).allMatch(List::isEmpty);
      assertThat(findings.strikes()).hasSizeGreaterThanOrEqualTo(3).allMatch(strike -> strike.failure() == null);
      assertThat(findings.unexpectedExits()).isEmpty();
      JsonReport.write(folder.resolve("chaos.json"), findings);
    }
  }
}
