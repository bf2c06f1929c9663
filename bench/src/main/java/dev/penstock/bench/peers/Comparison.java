package dev.penstock.bench.peers;

import dev.penstock.bench.peers.PeerTools.PeerMissing;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.source.ModelCatalogue;
import dev.penstock.generators.models.source.ModelPuller;
import dev.penstock.generators.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;

/// Our engine beside one program.
interface Comparison {

  /// @param quick a short form
  /// @param ours reads every prompt from its first token on
  record Setting(boolean quick, ModelFolder model, Tokenizer tokenizer, OurRun ours, PeerTools tools) {

    /// The file that our model was imported from.
    Path gguf() throws PeerMissing {
      return ModelPuller.of(ModelCatalogue.bundled(), System.getenv()).fetchedFile(PeersBenchmark.MODEL)
          .orElseThrow(() -> new PeerMissing("the GGUF file is not in the cache; pull the model again"));
    }
  }

  String name();

  /// @throws PeerMissing if the program cannot be installed or does not run
  void run(Rounds rounds) throws IOException, InterruptedException, PeerMissing;
}
