package dev.penstock.bench.families;

import dev.penstock.bench.Benchmark;
import dev.penstock.bench.Figures;
import dev.penstock.bench.RunLog;
import dev.penstock.generators.Generator;
import dev.penstock.generators.families.GeneratorLoader;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelNotFoundException;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.util.List;

/// What a batch gains: pictures a second of as many as fit beside each other, over one at a time, in turns. Of a one-shot model's
/// graph alone, and of every model as its steps are served; there a row alone may cost as much as all, where a smaller run would
/// give other bits. And speech: seconds that a second of sound takes.
public final class FamiliesBenchmark implements Benchmark {

  private static final List<String> PICTURES =
      List.of("fashion-gan", "fashion-cvae", "product-dcgan", "product-vq", "product-diffusion", "product-latent-diffusion");
  private static final String VOICE = "en-us-joe";
  private static final int BATCH = 16;

  @Override
  public String name() {
    return "families";
  }

  @Override
  public String purpose() {
    return "pictures a second of a batch over one at a time, for each picture model, and the time that a second of speech takes";
  }

  @Override
  public Figures run(boolean quick, RunLog log) throws Exception {
    Figures figures = new Figures();
    ModelRepository repository = ModelRepository.of(List.of(), System.getenv());
    int rounds = quick ? 3 : 9;
    double seconds = quick ? 0.3 : 1;
    try (MiniLmEmbedder embedder = MiniLmEmbedder.open()) {
      for (String name : PICTURES) {
        ModelFolder folder = repository.find(name);
        log.line("%s %s, digest %s", name, folder.manifest().version(), folder.digest());
        if (folder.manifest().section() instanceof OneShotImageSection) graph(figures, folder, rounds, seconds, log);
        try (Generator<?, ?> generator = GeneratorLoader.open(folder, embedder)) {
          steps(figures, generator, folder, rounds, seconds, log);
        }
      }
      speech(figures, repository, embedder, rounds, 3 * seconds, log);
    }
    return figures;
  }

  private static void graph(Figures figures, ModelFolder folder, int rounds, double seconds, RunLog log) throws Exception {
    try (GraphGain graph = new GraphGain(folder, BATCH)) {
      graph.alone(seconds);
      graph.together(seconds);
      Rounds gains = new Rounds(rounds, log);
      for (int round = 0; round < rounds; round++)
        gains.add("the graph, " + BATCH + " rows a run", graph.alone(seconds), graph.together(seconds));
      gains.put(figures, "graph_batch16_vs_1_" + key(folder));
    }
  }

  private static <P, D> void steps(
      Figures figures, Generator<P, D> generator, ModelFolder folder, int rounds, double seconds, RunLog log) throws Exception {
    BatchGain<P, D> gain = new BatchGain<>(generator, folder, BATCH);
    gain.check();
    Rounds gains = new Rounds(rounds, log);
    for (int round = 0; round < rounds; round++)
      gains.add("served, " + gain.together() + " at once", gain.alone(seconds), gain.allTogether(seconds));
    gains.put(figures, "served_batch" + gain.together() + "_vs_1_" + key(folder));
  }

  private static String key(ModelFolder folder) {
    return folder.manifest().name().replace('-', '_');
  }

  private static void speech(
      Figures figures, ModelRepository repository, MiniLmEmbedder embedder, int rounds, double seconds, RunLog log) throws Exception {
    ModelFolder folder;
    try {
      folder = repository.find(VOICE);
    } catch (ModelNotFoundException e) {
      log.line("no figures of speech: %s", e.getMessage());
      return;
    }
    log.line("%s %s, digest %s", VOICE, folder.manifest().version(), folder.digest());
    try (Generator<?, ?> generator = GeneratorLoader.open(folder, embedder)) {
      SpeechRate<?, ?> rate = new SpeechRate<>(generator, folder);
      rate.speaking(seconds);
      double[] wall = new double[rounds];
      double[] cpu = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        Spent spent = rate.speaking(seconds);
        wall[round] = spent.wall() / spent.items();
        cpu[round] = spent.cpu() / spent.items();
        log.line("speech, round %d: %.1f s of sound, %.3f s a second, %.3f CPU s", round + 1, spent.items(), wall[round], cpu[round]);
      }
      figures.put("speech_rtf", Figures.median(wall)).put("speech_rtf_cpu", Figures.median(cpu));
    }
  }
}
