package dev.penstock.bench.peers;

import dev.penstock.bench.peers.PeerTools.PeerMissing;
import dev.penstock.generators.models.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// llama.cpp in node-llama-cpp: with the very GGUF file that our model was imported from, and with its 4-bit tensors in
/// llama.cpp's fastest 4-bit format.
record LlamaCpp(Comparison.Setting setting) implements Comparison {

  private static final String PROGRAM = "llama.cpp";

  @Override
  public String name() {
    return PROGRAM;
  }

  @Override
  public void run(Rounds rounds) throws IOException, InterruptedException, PeerMissing {
    PeerTools tools = setting.tools();
    Path home = tools.node(PROGRAM);
    Path script = PeerTools.script(home, PROGRAM, "llama.mjs");
    Path gguf = setting.gguf();
    rounds.log().line("%s: %s; Q4_1 file sha256 %s", PROGRAM, PeerTools.versions(PROGRAM, "package.json"), Sha256.of(gguf));
    PeerLoad single = PeerLoad.of(setting.tokenizer(), setting.quick() ? 2 : 4, 16, 1, 48);
    PeerLoad batch = PeerLoad.of(setting.tokenizer(), 16, 16, 16, 48);
    Peer same = load -> tools.answer(load, home, "node", script.toString(), gguf.toString());
    rounds.compare("vs_llamacpp_b1", single, setting.ours(), same, PeersBenchmark.LEAST_AGREEMENT);
    rounds.compare("vs_llamacpp_b16", batch, setting.ours(), same, PeersBenchmark.LEAST_AGREEMENT);
    Path other = q40(tools, gguf);
    rounds.log().line("%s: Q4_0 file sha256 %s", PROGRAM, Sha256.of(other));
    Peer rounded = load -> tools.answer(load, home, "node", script.toString(), other.toString());
    rounds.compare("vs_llamacpp_q4_0_b1", single, setting.ours(), rounded, 0);
  }

  private static Path q40(PeerTools tools, Path gguf) throws IOException, InterruptedException, PeerMissing {
    Path file = tools.folder().resolve("smollm2-135m-instruct.q4_0.gguf");
    if (Files.exists(file)) return file;
    Path home = tools.python(PROGRAM);
    Path draft = tools.folder().resolve("q4_0.draft");
    Path script = PeerTools.script(home, PROGRAM, "q4_0.py");
    tools.run(home, home.resolve("bin/python").toString(), script.toString(), gguf.toString(), draft.toString());
    return Files.move(draft, file);
  }
}
