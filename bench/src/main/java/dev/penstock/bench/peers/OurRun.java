package dev.penstock.bench.peers;

import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.decoding.GraphShape;
import dev.penstock.generators.text.decoding.LanguageModelStepper;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Our engine's way through a load, greedily, in this process.
record OurRun(LanguageModelStepper stepper) implements AutoCloseable {

  private static final int SLOTS = 16;
  private static final int SLOT_TOKENS = 512;
  private static final SamplingSettings GREEDY = new SamplingSettings(0, 0, 1, 0, 1);

  /// The JVM compiles what runs often: 9% of the first round's processor time, of which an engine that has run for a
  /// minute knows nothing. The others were compiled when they were built, or are warm after one answer.
  private static final double COMPILED = 0.01;
  private static final int MOST_WARM_UPS = 10;

  /// Every prompt is read from its first token on.
  static OurRun open(ModelFolder folder) {
    return open(folder, 0);
  }

  /// @param prefixBytes how much is kept of prompts, so that prompts read before begin together
  static OurRun open(ModelFolder folder, long prefixBytes) {
    LanguageModelSection section = folder.manifest().languageModel();
    GraphShape shape =
        new GraphShape(
            section.layers(), section.keyValueHeads(), section.headSize(), section.contextLength(),
            section.vocabularySize());
    OnnxSession session = LanguageModelGenerator.packed().open(folder, section.graph());
    return new OurRun(
        new LanguageModelStepper(session, shape, SLOTS, SLOT_TOKENS, token -> false, prefixBytes));
  }

  PeerRun run(PeerLoad load) {
    warmUp(load.warmUp());
    Answers answers = new Answers(load);
    long start = System.nanoTime();
    long cpu = cpuNanos();
    int before = 0;
    if (load.decodeOnly()) {
      before = answers.begin();
      cpu = cpuNanos();
    }
    answers.finish();
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    int all = load.tokens().stream().mapToInt(Integer::intValue).sum();
    return new PeerRun(cpuSeconds, (System.nanoTime() - start) / 1e9, all - before, List.of(answers.written));
  }

  private void warmUp(PeerLoad load) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    for (int i = 0; i < MOST_WARM_UPS; i++) {
      long start = System.nanoTime();
      long before = compiler.getTotalCompilationTime();
      new Answers(load).finish();
      double seconds = (System.nanoTime() - start) / 1e9;
      if ((compiler.getTotalCompilationTime() - before) / 1_000.0 / seconds < COMPILED) return;
    }
  }

  /// One way through a load.
  private final class Answers {

    private final PeerLoad load;
    private final int[][] written;
    private int next;
    private int active;

    Answers(PeerLoad load) {
      this.load = load;
      this.written = new int[load.prompts().size()][];
    }

    /// The first step of a load whose prompts are all known: it draws each answer's first token and writes the next.
    ///
    /// @return how many tokens there are then
    int begin() {
      long known = stepper.times().reusedTokens();
      step();
      int prompts = load.prompts().stream().mapToInt(prompt -> prompt.length).sum();
      if (stepper.times().reusedTokens() - known != prompts)
        throw new IllegalStateException("a prompt was not known, so not all answers began together");
      return 2 * load.prompts().size();
    }

    void finish() {
      while (next < written.length || active > 0) step();
    }

    private void step() {
      for (; next < written.length && active < load.rows(); next++, active++)
        stepper.admit(
            next, new PreparedPrompt(load.prompts().get(next), GREEDY, load.tokens().get(next), new long[] {next}));
      for (Ended<TextDraft> ended : stepper.step()) {
        active--;
        written[(int) ended.execution()] = tokens(ended);
      }
    }
  }

  private static int[] tokens(Ended<TextDraft> ended) {
    return switch (ended) {
      case Ended.Finished<TextDraft>(_, TextDraft draft, _) -> draft.answers().getFirst().tokens();
      case Ended.Failed<TextDraft>(_, var cause) -> throw new IllegalStateException("a request failed", cause);
    };
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Override
  public void close() {
    stepper.close();
  }
}
