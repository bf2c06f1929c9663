package dev.penstock.bench.peers;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.bench.peers.PeerTools.PeerMissing;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.onnx.OnnxRuntime;
import dev.penstock.generators.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Processor time a token beside other programs with the same source model, SmolLM2-135M-Instruct, in turns, each on
/// one thread, greedily. A program that cannot be installed is named and has no figure.
public final class PeersBenchmark implements Benchmark {

  /// The share of answers that must begin alike with the same weights.
  static final double LEAST_AGREEMENT = 0.6;

  static final String MODEL = "smollm2-135m-instruct";

  private static final int ROUNDS = 5;

  private final String name;
  private final List<Function<Comparison.Setting, Comparison>> programs;

  private PeersBenchmark(String name, List<Function<Comparison.Setting, Comparison>> programs) {
    this.name = name;
    this.programs = programs;
  }

  /// `peers`, and each program alone.
  public static Stream<Benchmark> all() {
    return Stream.of(
        new PeersBenchmark("peers", List.of(LlamaCpp::new, TransformersJs::new, OnnxruntimeGenai::new)),
        new PeersBenchmark("peers/llama.cpp", List.of(LlamaCpp::new)),
        new PeersBenchmark("peers/transformers.js", List.of(TransformersJs::new)),
        new PeersBenchmark("peers/onnxruntime-genai", List.of(OnnxruntimeGenai::new)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String purpose() {
    return "processor time a token, ours over that of other programs with the same model";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    System.setProperty(OnnxRuntime.INTRA_THREADS, Integer.toString(PeerLoad.THREADS));
    ModelFolder model = ModelRepository.of(List.of(), System.getenv()).find(MODEL);
    log.line(
        "ours: ONNX Runtime %s, %s %s, weights %s, digest %s", OnnxRuntime.version(), MODEL,
        model.manifest().version(), model.manifest().languageModel().weights(), model.digest());
    Path cache = ModelRepository.userCache(System.getenv()).resolveSibling("bench");
    PeerTools tools = new PeerTools(Files.createDirectories(cache.resolve("peers")));
    Rounds rounds = new Rounds(quick ? 1 : ROUNDS, log, new Figures());
    try (Tokenizer tokenizer = Tokenizer.open(model.file("tokenizer.json")); OurRun ours = OurRun.open(model)) {
      for (var program : programs) {
        Comparison comparison = program.apply(new Comparison.Setting(quick, model, tokenizer, ours, tools));
        try {
          comparison.run(rounds);
        } catch (PeerMissing e) {
          log.line("%s has no more figures: %s", comparison.name(), e.getMessage());
        }
      }
    }
    return rounds.figures();
  }
}
