package dev.penstock.standalone.status;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A snapshot in lines of a terminal.
final class Screen {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final int MOST_PARTITIONS = 12;

  private Screen() {}

  static List<String> of(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    long ready = snapshot.instances().stream().filter(Instance::isReady).count();
    lines.add(
        line("penstock at %s, %s: %d of %d instances on this machine ready",
            snapshot.servers(), TIME.format(snapshot.at()), ready, snapshot.instances().size()));
    lines.add("ended a second, last %d s: %s".formatted(OutcomeRate.SPAN.toSeconds(), rates(snapshot.perSecond())));
    lines.add("");
    instances(snapshot.instances(), lines);
    models(snapshot.instances(), lines);
    partitions(snapshot.partitions(), lines);
    return lines;
  }

  private static String rates(Map<String, Double> rates) {
    if (rates.isEmpty()) return "nothing";
    List<String> words = new ArrayList<>();
    rates.forEach((kind, rate) -> words.add(line("%s %,.1f", kind, rate)));
    return String.join("   ", words);
  }

  private static void instances(List<Instance> instances, List<String> lines) {
    lines.add(line("%-24s %-6s %6s %12s %10s %10s", "INSTANCE", "READY", "TASKS", "INBOX", "OLDEST", "IN FLIGHT"));
    for (Instance instance : instances)
      lines.add(
          line("%-24s %-6s %6d %,12d %10s %,10d",
              cut(instance.name(), 24), instance.isReady() ? "yes" : "no", instance.tasks(), instance.inboxEntries(),
              span(instance.oldestMillis()), instance.inFlight()));
    if (instances.isEmpty()) lines.add("none of this user on this machine");
    lines.add("");
  }

  private static String span(long millis) {
    if (millis <= 0) return "-";
    if (millis < 120_000) return line("%.1f s", millis / 1e3);
    if (millis < 7_200_000) return line("%d min", millis / 60_000);
    return line("%.1f h", millis / 3.6e6);
  }

  private static void models(List<Instance> instances, List<String> lines) {
    lines.add(
        line("%-34s %-14s %9s %7s %11s %10s %9s %7s",
            "MODEL", "INSTANCE", "BUSY", "QUEUED", "STEPS", "MEAN BATCH", "MEAN STEP", "FAILED"));
    for (Instance instance : instances)
      for (Instance.Lane lane : instance.lanes())
        lines.add(
            line("%-34s %-14s %9s %,7d %,11d %10.1f %9s %,7d",
                cut(lane.model(), 34), cut(instance.name(), 14),
                lane.isLoaded() ? lane.busy() + "/" + lane.slots() : "unloaded",
                lane.queued(), lane.steps(), lane.meanRows(), line("%.1f ms", lane.stepMillis()), lane.failedSteps()));
    lines.add("");
  }

  private static void partitions(List<Snapshot.Partition> partitions, List<String> lines) {
    long lag = partitions.stream().mapToLong(Snapshot.Partition::lag).sum();
    lines.add(line("%-40s %10s  %s", "PARTITION", "LAG", "READ BY"));
    for (Snapshot.Partition partition : partitions.stream().limit(MOST_PARTITIONS).toList())
      lines.add(
          line("%-40s %,10d  %s",
              cut(partition.topic() + "-" + partition.partition(), 40), partition.lag(),
              partition.owner().isEmpty() ? "nobody" : partition.owner()));
    if (partitions.size() > MOST_PARTITIONS)
      lines.add("and %d more".formatted(partitions.size() - MOST_PARTITIONS));
    lines.add(line("%-40s %,10d", "all %d".formatted(partitions.size()), lag));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
