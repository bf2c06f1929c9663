package dev.penstock.bench.sampling;

import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.RepetitionLoop;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.decoding.TextDraft.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The answers to 100 briefs with one choice of parameters, as the model wrote them: none is refused.
///
/// @param loops answers that go round in circles ([RepetitionLoop])
/// @param tokens of all answers
/// @param distinctPairs mean share of different pairs of neighbours in an answer
/// @param whole answers that the model ended itself
/// @param relevance mean cosine of brief and answer, of the answers that may be published
record LoopRate(int answers, int loops, int tokens, double distinctPairs, int whole, double relevance) {

  /// @param firstSeed of the first brief; each has the next
  static LoopRate of(
      LanguageModelGenerator generator, List<String> briefs, Map<String, Object> parameters, long firstSeed)
      throws Exception {
    List<GenerationRequest> requests = new ArrayList<>();
    for (String brief : briefs) requests.add(request(brief, parameters, firstSeed + requests.size()));
    List<PreparedPrompt> prompts = new ArrayList<>();
    for (GenerationRequest request : requests) prompts.add(generator.prepare(request));
    TextDraft[] drafts = drafts(generator.stepper(), prompts);
    double[] relevances = new double[drafts.length];
    int published = 0;
    for (int i = 0; i < drafts.length; i++) {
      Answer answer = drafts[i].answers().getFirst();
      if (answer.tokens().length > 0 && !RepetitionLoop.isIn(answer.tokens()))
        relevances[published++] =
            generator.complete(requests.get(i), prompts.get(i), drafts[i]).scores().getOrDefault("relevance", 0.0);
    }
    double relevance = Arrays.stream(relevances, 0, published).average().orElse(0);
    return of(Arrays.stream(drafts).map(draft -> draft.answers().getFirst()).toList(), relevance);
  }

  private static GenerationRequest request(String brief, Map<String, Object> parameters, long seed) {
    return new GenerationRequest(
        "brief", "bench", new Input.Text(brief), parameters, seed, 0, 1, Priority.NORMAL, null);
  }

  private static TextDraft[] drafts(Stepper<PreparedPrompt, TextDraft> stepper, List<PreparedPrompt> prompts)
      throws Exception {
    TextDraft[] drafts = new TextDraft[prompts.size()];
    int next = 0;
    int done = 0;
    while (done < drafts.length) {
      for (; next < drafts.length && next - done < stepper.slots(); next++) stepper.admit(next, prompts.get(next));
      for (Ended<TextDraft> ended : stepper.step()) {
        done++;
        drafts[(int) ended.execution()] =
            switch (ended) {
              case Ended.Finished<TextDraft>(_, TextDraft draft, _) -> draft;
              case Ended.Failed<TextDraft>(_, var cause) -> throw cause;
            };
      }
    }
    return drafts;
  }

  private static LoopRate of(List<Answer> answers, double relevance) {
    return new LoopRate(
        answers.size(),
        (int) answers.stream().filter(answer -> RepetitionLoop.isIn(answer.tokens())).count(),
        answers.stream().mapToInt(answer -> answer.tokens().length).sum(),
        answers.stream().mapToDouble(answer -> distinctPairs(answer.tokens())).average().orElseThrow(),
        (int) answers.stream().filter(answer -> answer.finishReason() == FinishReason.STOP).count(),
        relevance);
  }

  private static double distinctPairs(int[] tokens) {
    if (tokens.length < 2) return 1;
    Set<List<Integer>> pairs = new HashSet<>();
    for (int i = 1; i < tokens.length; i++) pairs.add(Arrays.asList(tokens[i - 1], tokens[i]));
    return pairs.size() / (tokens.length - 1.0);
  }

  double loopsPerHundred() {
    return 100.0 * loops / answers;
  }
}
