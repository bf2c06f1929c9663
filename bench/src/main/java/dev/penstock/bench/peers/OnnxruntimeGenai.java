package dev.penstock.bench.peers;

import static dev.penstock.generators.models.transformer.WeightForm.REPRODUCIBLE;
import static dev.penstock.generators.models.transformer.WeightForm.THROUGHPUT;

import dev.penstock.bench.peers.PeerTools.PeerMissing;
import dev.penstock.bench.text.TextLoad;
import dev.penstock.generators.models.FileTree;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// onnxruntime-genai with the int4 model that its own builder makes of the file that our model was imported from. The
/// builder rounds weights a second time that are of 4 bits in the file, so its answers are others, and poor ones; beside
/// our model stands therefore also the builder's, imported: the same weights on both sides.
record OnnxruntimeGenai(Comparison.Setting setting) implements Comparison {

  private static final String PROGRAM = "onnxruntime-genai";

  @Override
  public String name() {
    return PROGRAM;
  }

  @Override
  public void run(Rounds rounds) throws IOException, InterruptedException, PeerMissing {
    PeerTools tools = setting.tools();
    Path home = tools.python(PROGRAM);
    String python = home.resolve("bin/python").toString();
    String script = PeerTools.script(home, PROGRAM, "genai.py").toString();
    String folder = export(tools, home, python).toString();
    rounds.log().line(
        "%s: %s; weights sha256 %s", PROGRAM, PeerTools.versions(PROGRAM, "requirements.txt"),
        Sha256.of(Path.of(folder, "model.onnx.data")));
    Peer generator = load -> tools.answer(load, home, python, script, folder, "generator");
    Peer engine = load -> tools.answer(load, home, python, script, folder, "engine");
    Peer wide = load -> tools.answer(load, home, python, script, folder, "wide-engine");
    PeerLoad single = PeerLoad.of(setting.tokenizer(), setting.quick() ? 2 : 4, 16, 1, 48);
    TextLoad requests = TextLoad.ofShortPrompts(setting.tokenizer());
    PeerLoad mixed = PeerLoad.of(requests.requests().subList(0, setting.quick() ? 20 : requests.requests().size()), 16);
    try (OurRun same = OurRun.open(sameWeights(Path.of(folder), home))) {
      PeerLoad batch = PeerLoad.of(setting.tokenizer(), 16, 16, 16, 48);
      rounds.compare("vs_genai_same_weights_b1", single, same, generator, PeersBenchmark.LEAST_AGREEMENT);
      rounds.compare("vs_genai_same_weights_b16", batch, same, generator, PeersBenchmark.LEAST_AGREEMENT);
    }
    rounds.compare("vs_genai_b1", single, setting.ours(), generator, 0);
    rounds.compare("vs_genai_static_short", mixed, setting.ours(), generator, 0);
    rounds.compare("vs_genai_engine_short", mixed, setting.ours(), engine, 0);
    rounds.compare("vs_genai_wide_engine_short", mixed, setting.ours(), wide, 0);
    try (OurRun rounded = OurRun.open(throughput(home))) {
      rounds.compare("vs_genai_static_short_throughput", mixed, rounded, generator, 0);
      rounds.compare("vs_genai_engine_short_throughput", mixed, rounded, engine, 0);
    }
  }

  /// The builder's folder as our engine runs it.
  private static ModelFolder sameWeights(Path folder, Path home) {
    Path target = home.resolve(folder.getFileName() + "-imported");
    return imported(folder, target, "onnxruntime-genai-int4", "the folder that onnxruntime-genai's builder made", REPRODUCIBLE);
  }

  /// Our model's file with every layer rounded to 8 bits, as the importer offers for throughput.
  private ModelFolder throughput(Path home) throws IOException, PeerMissing {
    Path gguf = setting.gguf();
    String version = setting.model().manifest().version();
    Path target = home.resolve("throughput-" + Sha256.of(gguf).substring(0, 8) + "-" + version);
    return imported(gguf, target, "smollm2-throughput", "the file that our model was imported from", THROUGHPUT);
  }

  private static ModelFolder imported(Path source, Path target, String name, String sourceName, List<WeightForm> form) {
    if (Files.exists(target)) return ModelFolder.open(target);
    ImportOptions options =
        new ImportOptions(name, "1.0.0", "Apache-2.0", sourceName, "SmolLM2-135M-Instruct, rounded twice.", form, 2048);
    return ModelImporter.importModel(source, target, options, Progress.NONE).folder();
  }

  /// The builder's folder, made once a file and version.
  private Path export(PeerTools tools, Path home, String python)
      throws IOException, InterruptedException, PeerMissing {
    Path gguf = setting.gguf();
    Path folder = home.resolve("model-" + Sha256.of(gguf).substring(0, 8));
    if (Files.exists(folder)) return folder;
    Path draft = home.resolve("model-draft");
    if (Files.exists(draft)) FileTree.delete(draft);
    String script = PeerTools.script(home, PROGRAM, "export.py").toString();
    tools.run(home, python, script, gguf.toString(), draft.toString());
    return Files.move(draft, folder);
  }
}
