package dev.penstock.bench.peers;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.bench.peers.PeerTools.PeerMissing;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.source.ModelCatalogue;
import dev.penstock.generators.models.source.ModelPuller;
import dev.penstock.generators.onnx.OnnxRuntime;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Processor time a token beside other programs with the same source model, in turns, each on one thread. A program
/// that cannot be installed is named and has no figure.
///
/// SmolLM2-135M-Instruct; prompts of 16 tokens, answers of 48, greedy; reading the prompts is counted on both sides.
public final class PeersBenchmark implements Benchmark {

  private static final String MODEL = "smollm2-135m-instruct";
  private static final int TOKENS = 48;

  /// The share of answers that must begin alike with the same weights.
  private static final double LEAST_AGREEMENT = 0.6;

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public String purpose() {
    return "processor time a token beside llama.cpp with the same file and with its fastest 4-bit format";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    System.setProperty(OnnxRuntime.INTRA_THREADS, Integer.toString(PeerLoad.THREADS));
    ModelFolder folder = ModelRepository.of(List.of(), System.getenv()).find(MODEL);
    log.line(
        "ours: ONNX Runtime %s, %s %s, weights %s, digest %s", OnnxRuntime.version(), MODEL,
        folder.manifest().version(), folder.manifest().languageModel().weights(), folder.digest());
    Path cache = ModelRepository.userCache(System.getenv()).resolveSibling("bench");
    PeerTools tools = new PeerTools(Files.createDirectories(cache.resolve("peers")));
    Figures figures = new Figures();
    try (Tokenizer tokenizer = Tokenizer.open(folder.file("tokenizer.json")); OurRun ours = OurRun.open(folder)) {
      Rounds rounds = new Rounds(ours, quick ? 1 : 3, log);
      PeerLoad single = PeerLoad.of(tokenizer, quick ? 2 : 4, 1, TOKENS);
      PeerLoad batch = PeerLoad.of(tokenizer, 16, 16, TOKENS);
      llama(tools, rounds, single, batch, figures, log);
    }
    return figures;
  }

  private static void llama(
      PeerTools tools, Rounds rounds, PeerLoad single, PeerLoad batch, Figures figures, RunLog log)
      throws IOException, InterruptedException {
    try {
      Path script = tools.llama();
      Path gguf = ModelPuller.of(ModelCatalogue.bundled(), System.getenv()).fetchedFile(MODEL)
          .orElseThrow(() -> new PeerMissing("the GGUF file is not in the cache; pull the model again"));
      log.line("llama.cpp: node-llama-cpp %s, Q4_1 file sha256 %s", PeerTools.NODE_LLAMA_CPP, Sha256.of(gguf));
      Peer same = load -> node(tools, script, gguf, load);
      rounds.compare("vs_llamacpp_b1", single, same, LEAST_AGREEMENT, figures);
      rounds.compare("vs_llamacpp_b16", batch, same, LEAST_AGREEMENT, figures);
      Path other = q40(tools, gguf);
      log.line("llama.cpp: Q4_0 file sha256 %s", Sha256.of(other));
      // Rounded a second time, so its answers may begin in their own way.
      rounds.compare("vs_llamacpp_q4_0_b1", single, load -> node(tools, script, other, load), 0, figures);
    } catch (PeerMissing e) {
      log.line("llama.cpp has no more figures: %s", e.getMessage());
    }
  }

  private static PeerRun node(PeerTools tools, Path script, Path model, PeerLoad load)
      throws IOException, InterruptedException, PeerMissing {
    Path file = tools.folder().resolve("load.json");
    load.write(file);
    return PeerRun.parse(
        tools.run(script.getParent(), "node", script.toString(), model.toString(), file.toString()));
  }

  /// The file again with its 4-bit tensors in llama.cpp's fastest format.
  private static Path q40(PeerTools tools, Path gguf) throws IOException, InterruptedException, PeerMissing {
    Path file = tools.folder().resolve("smollm2-135m-instruct.q4_0.gguf");
    if (Files.exists(file)) return file;
    Path python = tools.python("gguf==" + PeerTools.GGUF);
    Path draft = tools.folder().resolve("q4_0.draft");
    Path script = PeerTools.script(tools.folder(), "q4_0.py");
    tools.run(tools.folder(), python.toString(), script.toString(), gguf.toString(), draft.toString());
    return Files.move(draft, file);
  }

  /// A program that answers a load.
  @FunctionalInterface
  private interface Peer {
    PeerRun run(PeerLoad load) throws IOException, InterruptedException, PeerMissing;
  }

  /// Ours and theirs in turns.
  private record Rounds(OurRun ours, int count, RunLog log) {

    /// Puts our processor time a token over theirs, the median of the rounds.
    ///
    /// @param leastAgreement the share of answers that must begin with the same token, 0 to 1
    /// @throws IllegalStateException if fewer do
    void compare(String figure, PeerLoad load, Peer peer, double leastAgreement, Figures figures)
        throws IOException, InterruptedException, PeerMissing {
      double[] ratios = new double[count];
      for (int round = 0; round < count; round++) {
        PeerRun own = ours.run(load);
        PeerRun other = peer.run(load);
        double agreement = own.agreement(other);
        ratios[round] = own.cpuMillisPerToken() / other.cpuMillisPerToken();
        log.line(
            "%-20s round %d: ours %6.2f, theirs %6.2f CPU ms/token, ratio %.3f, first tokens equal %.0f%%", figure,
            round + 1, own.cpuMillisPerToken(), other.cpuMillisPerToken(), ratios[round], 100 * agreement);
        if (agreement < leastAgreement)
          throw new IllegalStateException(
              "%s: only %.0f%% of the answers begin as ours".formatted(figure, 100 * agreement));
      }
      figures.put(figure, Figures.median(ratios));
    }
  }
}
