package dev.penstock.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.bench.peers.PeerTools.PeerMissing;
import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// transformers.js on onnxruntime-node, with the nodes and weights of our graph ([MaskedGraph]).
record TransformersJs(Comparison.Setting setting) implements Comparison {

  private static final String PROGRAM = "transformers.js";

  /// The file name says the weights are of 4 bits; most of ours are.
  private static final String GRAPH = "onnx/model_q4.onnx";

  /// What is kept of 16 prompts of 440 tokens.
  private static final long PREFIX_BYTES = 512L << 20;

  @Override
  public String name() {
    return PROGRAM;
  }

  @Override
  public void run(Rounds rounds) throws IOException, InterruptedException, PeerMissing {
    PeerTools tools = setting.tools();
    Path home = tools.node(PROGRAM);
    Path script = PeerTools.script(home, PROGRAM, "transformersjs.mjs");
    Path folder = export(setting.model(), tools.folder());
    rounds.log().line(
        "%s: %s; graph sha256 %s", PROGRAM, PeerTools.versions(PROGRAM, "package.json"),
        Sha256.of(folder.resolve(GRAPH)));
    Peer peer = load -> tools.answer(load, home, "node", script.toString(), folder.toString());
    PeerLoad batch = PeerLoad.of(setting.tokenizer(), 16, 16, 16, 48);
    rounds.compare("vs_transformersjs_b16", batch, setting.ours(), peer, PeersBenchmark.LEAST_AGREEMENT);
    PeerLoad late = PeerLoad.of(setting.tokenizer(), 16, 440, 16, 36).decoding();
    try (OurRun remembering = OurRun.open(setting.model(), PREFIX_BYTES)) {
      rounds.compare("vs_transformersjs_ctx450", late, remembering, peer, PeersBenchmark.LEAST_AGREEMENT);
    }
  }

  /// A folder as transformers.js reads it, made once a model.
  private static Path export(ModelFolder model, Path root) throws IOException {
    Path folder = root.resolve(PROGRAM + "-model-" + model.digest().substring(0, 8));
    if (Files.exists(folder)) return folder;
    Path draft = root.resolve(PROGRAM + "-model-draft");
    if (Files.exists(draft)) FileTree.delete(draft);
    Files.createDirectories(draft.resolve("onnx"));
    LanguageModelSection section = model.manifest().languageModel();
    MaskedGraph.write(model.file(section.graph()), draft.resolve(GRAPH));
    // What it makes the first, empty keys and values of; all else is in the graph.
    Map<String, Object> config =
        Map.of(
            "model_type", "llama", "num_hidden_layers", section.layers(), "num_attention_heads", section.keyValueHeads(),
            "num_key_value_heads", section.keyValueHeads(), "hidden_size", section.keyValueHeads() * section.headSize(),
            "head_dim", section.headSize(), "vocab_size", section.vocabularySize());
    new ObjectMapper().writeValue(draft.resolve("config.json").toFile(), config);
    Files.writeString(draft.resolve("generation_config.json"), "{}");
    return Files.move(draft, folder);
  }
}
