package dev.penstock.bench.text;

import dev.penstock.bench.text.TextLoad.Request;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.text.decoding.DecodingTimes;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// One load through one model in one mode.
///
/// @param tokens how many were asked for and written
/// @param cpuSeconds processor time of the whole process
/// @param times what the graph's runs took
/// @param answers token ids by request
record TextRun(
    Mode mode, int tokens, double seconds, double cpuSeconds, DecodingTimes times, List<int[]> answers) {

  static TextRun of(TextModel model, TextLoad load, Mode mode, SamplingSettings sampling) {
    List<Request> requests = load.requests();
    int[][] answers = new int[requests.size()][];
    DecodingTimes before = model.times();
    long cpu = cpuNanos();
    long start = System.nanoTime();
    int next = 0;
    int active = 0;
    while (next < requests.size() || active > 0) {
      for (int room = mode.room(active); room > 0 && next < requests.size(); room--, next++, active++)
        model.stepper().admit(next, prepared(requests, next, mode, sampling));
      for (Ended<TextDraft> ended : model.stepper().step()) {
        active--;
        int number = (int) ended.execution();
        answers[number] = Arrays.copyOf(tokens(ended), requests.get(number).answerTokens());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TextRun(
        mode, load.answerTokens(), seconds, (cpuNanos() - cpu) / 1e9, model.times().since(before), List.of(answers));
  }

  private static PreparedPrompt prepared(List<Request> requests, int number, Mode mode, SamplingSettings sampling) {
    return new PreparedPrompt(
        requests.get(number).prompt(), sampling, mode.written(requests, number), new long[] {number});
  }

  static int[] tokens(Ended<TextDraft> ended) {
    return switch (ended) {
      case Ended.Finished<TextDraft>(_, TextDraft draft, _) -> draft.answers().getFirst().tokens();
      case Ended.Failed<TextDraft>(_, var cause) -> throw new IllegalStateException("a request failed", cause);
    };
  }

  /// Processor time of the whole process.
  static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  double tokensPerSecond() {
    return tokens / seconds;
  }

  double tokensPerCpuSecond() {
    return tokens / cpuSeconds;
  }

  /// Prompt tokens read a second, counting the runs that read them alone.
  double prefillPerSecond() {
    return times.prefillTokens() / (times.prefillNanos() / 1e9);
  }

  /// Tokens written a second, counting the runs that wrote them alone and of them what was asked for.
  double decodePerSecond() {
    return tokens / (times.decodeNanos() / 1e9);
  }

  /// The share of the time in which no run was under way, 0 to 1.
  double outsideShare() {
    return 1 - times.nanos() / 1e9 / seconds;
  }

  /// How many answers differ from those of another run of the same load.
  int unequal(TextRun other) {
    return (int) IntStream.range(0, answers.size())
        .filter(i -> !Arrays.equals(answers.get(i), other.answers.get(i))).count();
  }

  String line() {
    return "%-10s %7.1f tokens/s, %5.2f CPU ms/token, prefill %6.1f/s, decode %6.1f/s, %4d steps of %5.2f rows, outside %.1f%%"
        .formatted(
            mode.word(), tokensPerSecond(), cpuSeconds * 1000 / tokens, prefillPerSecond(), decodePerSecond(),
            times.decodeRuns(), (double) times.decodeRows() / Math.max(1, times.decodeRuns()), 100 * outsideShare());
  }
}
