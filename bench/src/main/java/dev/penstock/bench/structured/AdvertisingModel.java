package dev.penstock.bench.structured;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.MiniLmEmbedder;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A language model that writes advertisements, its lane filled to the last slot. One thread.
final class AdvertisingModel implements AutoCloseable {

  private static final String MAX_TOKENS = "160";
  private static final String ASK = "Write an advertisement for %s. The audience is %s.";
  private static final List<String> PRODUCTS =
      List.of(
          "a waterproof hiking boot", "a solar-powered backpack", "an electric bike", "a yoga mat",
          "an espresso machine", "a desk lamp", "a wool sweater", "a camping tent", "a fountain pen",
          "a bluetooth speaker", "a robot vacuum");
  private static final List<String> AUDIENCES = List.of("students", "young parents", "commuters", "retirees", "hikers");

  private final ModelFolder folder;
  private final MiniLmEmbedder embedder = MiniLmEmbedder.open();
  private final LanguageModelGenerator generator;
  private final double compileMillis;

  AdvertisingModel(ModelFolder folder) throws GenerationException {
    this.folder = folder;
    this.generator = LanguageModelGenerator.open(folder, embedder);
    long before = cpuNanos();
    generator.prepare(request(0, Map.of("jsonSchema", Copy.SCHEMA, "maxTokens", MAX_TOKENS)));
    compileMillis = (cpuNanos() - before) / 1e6;
  }

  /// Some answers and what they took.
  ///
  /// @param first number of the first brief
  /// @param lengths tokens by brief
  /// @param kept how many keep the schema
  record Run(int first, List<Integer> lengths, List<String> texts, int kept, double seconds, double cpuSeconds) {

    int tokens() {
      return lengths.stream().mapToInt(Integer::intValue).sum();
    }
  }

  double compileMillis() {
    return compileMillis;
  }

  /// JSON for the briefs from `first` on.
  Run run(int first, int count) throws Exception {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = first; i < first + count; i++)
      requests.add(request(i, Map.of("jsonSchema", Copy.SCHEMA, "maxTokens", MAX_TOKENS)));
    return run(first, requests);
  }

  /// Free text for the same prompts, each as long as the JSON was: stop tokens are ruled out.
  Run runFreely(Run json) throws Exception {
    LanguageModelSection section = folder.manifest().languageModel();
    String noStops =
        section.stopTokens().stream().map(token -> "\"" + token + "\":-100").collect(Collectors.joining(",", "{", "}"));
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < json.lengths().size(); i++)
      requests.add(
          request(
              json.first() + i, Map.of("logitBias", noStops, "maxTokens", Integer.toString(json.lengths().get(i)))));
    Run free = run(json.first(), requests);
    if (!free.lengths().equals(json.lengths())) throw new IllegalStateException("free text has another length");
    return free;
  }

  private Run run(int first, List<GenerationRequest> requests) throws Exception {
    List<PreparedPrompt> prompts = new ArrayList<>();
    for (GenerationRequest request : requests) prompts.add(generator.prepare(request));
    TextDraft[] drafts = new TextDraft[prompts.size()];
    long cpu = cpuNanos();
    long start = System.nanoTime();
    int next = 0;
    int active = 0;
    while (next < drafts.length || active > 0) {
      for (; active < generator.stepper().slots() && next < drafts.length; next++, active++)
        generator.stepper().admit(next, prompts.get(next));
      for (Ended<TextDraft> ended : generator.stepper().step()) {
        active--;
        drafts[(int) ended.execution()] = ((Ended.Finished<TextDraft>) ended).draft();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < drafts.length; i++) texts.add(text(requests.get(i), prompts.get(i), drafts[i]));
    List<Integer> lengths = Arrays.stream(drafts).map(draft -> draft.answers().getFirst().tokens().length).toList();
    int kept = (int) texts.stream().filter(Copy::isKeptBy).count();
    return new Run(first, lengths, texts, kept, seconds, cpuSeconds);
  }

  /// The published text; empty if the answer would not be published.
  private String text(GenerationRequest request, PreparedPrompt prompt, TextDraft draft) {
    try {
      return new String(generator.complete(request, prompt, draft).body(), StandardCharsets.UTF_8);
    } catch (GenerationException e) {
      return "";
    }
  }

  private GenerationRequest request(int number, Map<String, String> parameters) {
    String brief =
        ASK.formatted(
            PRODUCTS.get(number % PRODUCTS.size()), AUDIENCES.get(number / PRODUCTS.size() % AUDIENCES.size()));
    Map<String, Object> values = new HashMap<>(folder.manifest().parameters().validate(parameters));
    boolean free = !parameters.containsKey("jsonSchema");
    Input input =
        free
            ? new Input.Chat(
                List.of(
                    new Input.Message("user", "Give an example of the JSON that you answer with."),
                    new Input.Message("assistant", Copy.EXAMPLE),
                    new Input.Message("user", brief)))
            : new Input.Text(brief);
    return new GenerationRequest(
        "bench-" + number, "bench", input, values, number, 0, 1, Priority.NORMAL, null);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Override
  public void close() {
    generator.close();
    embedder.close();
  }
}
