package dev.penstock.bench.peers;

import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.decoding.GraphShape;
import dev.penstock.generators.text.decoding.LanguageModelStepper;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Our engine's way through a load, greedily, in this process.
record OurRun(LanguageModelStepper stepper) implements AutoCloseable {

  private static final int SLOTS = 16;
  private static final int SLOT_TOKENS = 512;
  private static final SamplingSettings GREEDY = new SamplingSettings(0, 0, 1, 0, 1);

  static OurRun open(ModelFolder folder) {
    LanguageModelSection section = folder.manifest().languageModel();
    GraphShape shape =
        new GraphShape(
            section.layers(), section.keyValueHeads(), section.headSize(), section.contextLength(),
            section.vocabularySize());
    OnnxSession session = OnnxSession.open(folder.file(section.graph()));
    return new OurRun(new LanguageModelStepper(session, shape, SLOTS, SLOT_TOKENS, token -> false));
  }

  /// All twice; the second time counts.
  PeerRun run(PeerLoad load) {
    answers(load);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    List<int[]> answers = answers(load);
    return new PeerRun((cpuNanos() - cpu) / 1e9, (System.nanoTime() - start) / 1e9, answers);
  }

  private List<int[]> answers(PeerLoad load) {
    int[][] answers = new int[load.prompts().size()][];
    int next = 0;
    int active = 0;
    while (next < answers.length || active > 0) {
      for (; next < answers.length && active < load.rows(); next++, active++)
        stepper.admit(next, new PreparedPrompt(load.prompts().get(next), GREEDY, load.tokens(), new long[] {next}));
      for (Ended<TextDraft> ended : stepper.step()) {
        active--;
        answers[(int) ended.execution()] = tokens(ended);
      }
    }
    return List.of(answers);
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
