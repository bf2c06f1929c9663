package dev.penstock.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.bench.families.FamiliesBenchmark;
import dev.penstock.bench.lanes.TwoModelsBenchmark;
import dev.penstock.bench.overload.OverloadBenchmark;
import dev.penstock.bench.peers.PeersBenchmark;
import dev.penstock.bench.pipeline.FloodBenchmark;
import dev.penstock.bench.pipeline.HostileBenchmark;
import dev.penstock.bench.pipeline.PipelineBenchmark;
import dev.penstock.bench.pipeline.StreamBenchmark;
import dev.penstock.bench.sampling.SamplingBenchmark;
import dev.penstock.bench.soak.SoakBenchmark;
import dev.penstock.bench.structured.StructuredBenchmark;
import dev.penstock.bench.text.AnswersBenchmark;
import dev.penstock.bench.text.LoadingBenchmark;
import dev.penstock.bench.text.TextBenchmark;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock bench NAME`.
@Command(
    name = "bench",
    description = "Measures, prints a table of every run and its figures, and writes them as flat JSON.",
    footer = {
      "",
      "Benchmarks:",
      "  answers     the same answers alone, among strangers, after restarts and with known beginnings",
      "  families    what a batch gains for each picture model, and the time that a second of speech takes",
      "  flood       up to 1,000,000 pending prompts behind a slow model: intake, heap, urgent prompts, restarts",
      "  hostile     good prompts with 10,000 hostile records among them beside the same prompts alone",
      "  loading     loading a language model from prepacked weights beside loading it from its own files",
      "  models      two models at once on one device, and priority across them",
      "  overload    twice the load that can be served, with deadlines, beside the same without admission control",
      "  peers       processor time a token beside other programs with the same model; one of them:",
      "              peers/llama.cpp, peers/transformers.js, peers/onnxruntime-genai",
      "  pipeline    the pipeline beside the bare engine and beside a plain Kafka Streams topology",
      "  sampling    repetition loops over 100 advertising briefs, and the time that a draw takes",
      "  soak        growth of memory, latency and open files of an instance at 70%% load for --minutes;",
      "              soak/hostile: with 10,000 hostile records in 20 minutes among the prompts",
      "  stream      the first words at a consumer beside the engine's time to its first token",
      "  structured  answers that keep a JSON Schema beside free text of the same length, with one language model",
      "  text        continuous batching beside one by one and static batches, with one language model",
      "",
      "Example: penstock bench pipeline --quick --json pipeline.json"
    })
public final class BenchCommand implements PenstockCommand {

  private static final List<Benchmark> ALL =
      Stream.of(
              Stream.of(
                  new AnswersBenchmark(),
                  new FamiliesBenchmark(),
                  new FloodBenchmark(),
                  new HostileBenchmark(),
                  new LoadingBenchmark(),
                  new TwoModelsBenchmark()),
              PeersBenchmark.all(),
              Stream.of(
                  new OverloadBenchmark(),
                  new PipelineBenchmark(),
                  new SamplingBenchmark(),
                  new StreamBenchmark(),
                  new StructuredBenchmark(),
                  new TextBenchmark()),
              SoakBenchmark.all().stream())
          .<Benchmark>flatMap(Function.identity())
          .toList();

  @Parameters(index = "0", paramLabel = "NAME", description = "Which benchmark.")
  String name = "";

  @Option(names = "--quick", description = "A short form with rough figures.")
  boolean quick;

  @Option(names = "--minutes", paramLabel = "N", description = "How long a soak lasts: at least 4. Default: 20.")
  @Nullable Integer minutes;

  @Option(names = "--json", paramLabel = "FILE", description = "Where to write {\"figure\": number}.")
  @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Where to write a page with bars and every run.")
  @Nullable Path html;

  @Override
  public Integer call() throws Exception {
    Benchmark benchmark =
        ALL.stream()
            .filter(b -> b.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "there is no benchmark %s; there are %s"
                            .formatted(name, ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")))));
    if (minutes != null) benchmark = lasting(benchmark, minutes);
    System.out.println(benchmark.name() + ": " + benchmark.purpose());
    String machine = Machine.describe();
    System.out.println(machine);
    RunLog log = new RunLog(System.out);
    Figures figures = benchmark.run(quick, log);
    System.out.println();
    for (var figure : figures.entries()) System.out.printf("%-40s %10.3f%n", figure.getKey(), figure.getValue());
    if (json != null) write(figures, json);
    if (html != null) Files.writeString(html, Page.of(benchmark, machine, figures, log));
    return 0;
  }

  private static Benchmark lasting(Benchmark benchmark, int minutes) {
    if (!(benchmark instanceof SoakBenchmark soak)) throw new UserError("--minutes is for bench soak and bench soak/hostile alone");
    if (minutes < 4) throw new UserError("--minutes is %d, allowed is at least 4".formatted(minutes));
    return soak.lasting(Duration.ofMinutes(minutes));
  }

  private static void write(Figures figures, Path file) throws IOException {
    Map<String, Double> flat = new LinkedHashMap<>();
    figures.entries().forEach(e -> flat.put(e.getKey(), e.getValue()));
    Files.writeString(file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(flat) + "\n");
  }
}
