package dev.penstock.bench.text;

import dev.penstock.bench.RunLog;
import dev.penstock.bench.text.TextLoad.Request;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.Tokenizer;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Over many short prompts, sampled as the model's manifest says: every answer is the same tokens alone, among 15
/// strangers with the beginnings of prompts kept, and after restarts half-way.
record SameAnswers(RunLog log) {

  private static final int ANSWER_TOKENS = 16;
  private static final int STEPS_OF_A_LIFE = 60;
  private static final long PREFIX_BYTES = 128L << 20;

  /// @return how many answers differ from those alone
  int run(ModelFolder folder, Tokenizer tokenizer, int prompts) {
    TextLoad load = load(tokenizer, prompts);
    SamplingSettings sampled = SamplingSettings.of(folder.manifest().parameters().validate(Map.of()));
    TextRun alone;
    try (TextModel model = TextModel.open(folder, 0)) {
      alone = TextRun.of(model, load, Mode.SINGLE, sampled);
    }
    int among;
    long reused;
    try (TextModel model = TextModel.open(folder, PREFIX_BYTES)) {
      among = TextRun.of(model, load, Mode.CONTINUOUS, sampled).unequal(alone);
      reused = model.times().reusedTokens();
    }
    int restarted = differences(restarted(folder, load.requests(), sampled), alone.answers());
    log.line(
        "same answers: of %d prompts %d differ among strangers (%d tokens of them known before), %d after restarts",
        prompts, among, reused, restarted);
    return among + restarted;
  }

  /// Every second prompt begins as another one does.
  private static TextLoad load(Tokenizer tokenizer, int prompts) {
    Random random = new Random(prompts);
    int[] brief = TextLoad.prompt(tokenizer, 7, 40);
    return new TextLoad("same", IntStream.range(0, prompts).mapToObj(i -> {
      int[] own = TextLoad.prompt(tokenizer, i, random.nextInt(4, 33));
      int[] whole = IntStream.concat(IntStream.of(i % 2 == 0 ? brief : new int[0]), IntStream.of(own)).toArray();
      return new Request(whole, ANSWER_TOKENS);
    }).toList());
  }

  /// Models that end after some steps; what was under way begins anew in the next one.
  private static int[][] restarted(ModelFolder folder, List<Request> requests, SamplingSettings sampled) {
    int[][] answers = new int[requests.size()][];
    while (Arrays.stream(answers).anyMatch(answer -> answer == null)) {
      try (TextModel model = TextModel.open(folder, PREFIX_BYTES)) {
        int next = 0;
        int active = 0;
        for (int step = 0; step < STEPS_OF_A_LIFE; step++) {
          for (; next < requests.size() && active < TextModel.SLOTS; next++) {
            if (answers[next] != null) continue;
            Request request = requests.get(next);
            model.stepper().admit(
                next, new PreparedPrompt(request.prompt(), sampled, request.answerTokens(), new long[] {next}));
            active++;
          }
          for (Ended<TextDraft> ended : model.stepper().step()) {
            answers[(int) ended.execution()] = TextRun.tokens(ended);
            active--;
          }
        }
      }
    }
    return answers;
  }

  private static int differences(int[][] answers, List<int[]> expected) {
    return (int) IntStream.range(0, answers.length)
        .filter(i -> !Arrays.equals(answers[i], expected.get(i))).count();
  }
}
