package dev.penstock.standalone.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.producer.cli.Cluster;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `penstock status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows on one screen how a cluster is doing: instances, inboxes, models, partitions with their lag, and how "
          + "many prompts end a second.",
      "",
      "Instances of this user on this machine are found by themselves; others are known by the partitions they read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock status",
      "  penstock status --watch",
      "  penstock status --instance http://127.0.0.1:9404 --json | jq .lag",
    })
public final class StatusCommand implements PenstockCommand {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  @Option(names = "--watch", description = "Look again every two seconds until it is stopped.")
  boolean watch;

  @Option(names = "--json", description = "One JSON object a look.")
  boolean json;

  @Option(names = "--instance", paramLabel = "URL", description = "Another instance's health endpoint. Repeatable.")
  List<URI> instances = new ArrayList<>();

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> show(cluster));
  }

  private int show(Cluster cluster) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Probe probe = new Probe(cluster, instances)) {
      print(probe.look(), out);
      while (watch) {
        Thread.sleep(BETWEEN_LOOKS);
        print(probe.look(), out);
      }
    }
    return 0;
  }

  private void print(Snapshot snapshot, PrintWriter out) throws JsonProcessingException {
    if (json) out.println(json(snapshot));
    else out.print((watch ? HOME_AND_CLEAR : "") + String.join("\n", Screen.of(snapshot)) + "\n");
    out.flush();
  }

  private static String json(Snapshot snapshot) throws JsonProcessingException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", snapshot.at().toString());
    fields.put("servers", snapshot.servers());
    fields.put("outcomesPerSecond", snapshot.perSecond());
    fields.put("lag", snapshot.partitions().stream().mapToLong(Snapshot.Partition::lag).sum());
    fields.put("instances", snapshot.instances());
    fields.put("partitions", snapshot.partitions());
    return new ObjectMapper().writeValueAsString(fields);
  }
}
