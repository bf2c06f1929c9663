package dev.penstock.chaos.report;

import dev.penstock.chaos.fault.FaultKind;
import dev.penstock.chaos.load.Journey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The findings as one page: the account, and a picture with time to the right, faults as bars, and each prompt as a dot
/// whose height is its delay.
public final class HtmlReport {

  private static final int WIDTH = 1200;
  private static final int LEFT = 130;
  private static final int ROW = 18;
  private static final int DELAYS = 260;
  private static final int TOP = 20;
  private static final String STYLE =
      """
      body{font:14px system-ui,sans-serif;margin:2rem;color:#222;background:#fff}table{border-collapse:collapse}
      td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}.bad{color:#b00020;font-weight:600}
      .good{color:#1b6e3c;font-weight:600}text{font:11px system-ui,sans-serif;fill:#444}.bar{fill:#d08a2e}
      .failed{fill:#b00020}.dot{fill:#2b6cb0;fill-opacity:.55}line{stroke:#ddd}svg{max-width:100%;height:auto}
      """;

  private final Findings findings;
  private final double seconds;
  private final double worst;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(Findings findings) {
    this.findings = findings;
    this.seconds = Math.max(1, Duration.between(findings.start(), findings.end()).toMillis() / 1000.0);
    this.worst =
        Math.max(1, findings.journeys().stream().mapToLong(j -> j.delay(findings.end()).toMillis()).max().orElse(0) / 1000.0);
  }

  public static void write(Path file, Findings findings) throws IOException {
    Files.writeString(file, new HtmlReport(findings).page());
  }

  private String page() {
    html.append("<!doctype html><html lang=en><meta charset=utf-8><title>Penstock chaos</title><style>")
        .append(STYLE)
        .append("</style><h1>Penstock chaos, seed ").append(findings.seed()).append("</h1><p class=")
        .append(findings.isGood() ? "good>Every guarantee held" : "bad>Something did not hold")
        .append(": ").append(findings.strikes().size()).append(" faults in ").append(Math.round(seconds)).append(" s.</p>");
    picture();
    account();
    faults();
    sentences();
    return html.append("</html>\n").toString();
  }

  private void picture() {
    List<FaultKind> kinds = new ArrayList<>(findings.counts().keySet());
    int bottom = TOP + kinds.size() * ROW;
    format("<svg viewBox='0 0 %d %d' role=img aria-label='timeline'>", WIDTH, bottom + DELAYS + 40);
    for (int row = 0; row < kinds.size(); row++) {
      int y = TOP + row * ROW;
      format("<text x=4 y=%d>%s</text><line x1=%d x2=%d y1=%d y2=%d />", y + 12, kinds.get(row).figure(), LEFT, WIDTH, y + ROW, y + ROW);
      for (Strike strike : findings.strikes()) if (strike.kind() == kinds.get(row)) bar(strike, y);
    }
    axes(bottom);
    for (Journey journey : findings.journeys()) dot(journey, bottom);
    html.append("</svg>");
  }

  private void bar(Strike strike, int y) {
    format(
        "<rect class='bar%s' x='%.1f' y='%d' width='%.1f' height='%d'><title>%s %s, %.1f s</title></rect>",
        strike.failure() == null ? "" : " failed", x(strike.start()), y + 3, Math.max(2, x(strike.end()) - x(strike.start())),
        ROW - 6, strike.kind().figure(), escaped(strike.target()),
        Duration.between(strike.start(), strike.end()).toMillis() / 1000.0);
  }

  private void axes(int bottom) {
    for (int part = 0; part <= 4; part++) {
      double y = bottom + 10 + DELAYS * (1 - part / 4.0);
      format("<line x1=%d x2=%d y1='%.1f' y2='%.1f' /><text x=4 y='%.1f'>delay %.1f s</text>", LEFT, WIDTH, y, y, y + 4, worst * part / 4);
    }
    for (int part = 0; part <= 10; part++)
      format("<text x='%.1f' y=%d>%.0f s</text>", LEFT + (WIDTH - LEFT - 40) * part / 10.0, bottom + DELAYS + 30, seconds * part / 10);
  }

  private void dot(Journey journey, int bottom) {
    double delay = journey.delay(findings.end()).toMillis() / 1000.0;
    format("<circle class=dot cx='%.1f' cy='%.1f' r=1.6 />", x(journey.sent()), bottom + 10 + DELAYS * (1 - delay / worst));
  }

  private double x(Instant at) {
    return LEFT + (WIDTH - LEFT - 40) * Duration.between(findings.start(), at).toMillis() / 1000.0 / seconds;
  }

  private void account() {
    html.append("<h2>Account</h2><table>");
    findings.accountOfTopics().forEach((what, count) -> row(what, count.toString(), ""));
    for (Map.Entry<String, List<String>> entry : findings.violations().entrySet())
      row(entry.getKey(), Integer.toString(entry.getValue().size()), entry.getValue().isEmpty() ? "good" : "bad");
    row("median delay", seconds(findings.medianDelay()), "");
    html.append("</table>");
  }

  private void row(String what, String value, String style) {
    format("<tr><td>%s</td><td class='%s'>%s</td></tr>", escaped(what), style, escaped(value));
  }

  private void faults() {
    html.append("<h2>Faults</h2><table><tr><th>kind<th>what<th>how often<th>worst delay of a prompt meanwhile</tr>");
    Map<FaultKind, Duration> worstDelays = findings.worstDelays();
    findings
        .counts()
        .forEach(
            (kind, count) ->
                format(
                    "<tr><td>%s</td><td>%s</td><td>%d</td><td>%s</td></tr>",
                    kind.figure(), escaped(kind.sentence()), count, seconds(worstDelays.getOrDefault(kind, Duration.ZERO))));
    html.append("</table>");
    if (!findings.left().isEmpty())
      format("<p>Not on this machine: %s.</p>", String.join(", ", findings.left().stream().map(FaultKind::figure).toList()));
  }

  private void sentences() {
    html.append("<ul>");
    findings.violations().values().forEach(all -> all.stream().limit(100).forEach(this::item));
    for (Strike strike : findings.strikes())
      if (strike.failure() != null) item("%s of %s: %s".formatted(strike.kind().figure(), strike.target(), strike.failure()));
    findings.unexpectedExits().forEach(this::item);
    html.append("</ul>");
  }

  private void item(String sentence) {
    format("<li>%s</li>", escaped(sentence));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private void format(String format, Object... arguments) {
    html.append(String.format(Locale.ROOT, format, arguments));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
  }
}
