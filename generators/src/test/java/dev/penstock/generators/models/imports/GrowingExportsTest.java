package dev.penstock.generators.models.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import dev.penstock.generators.onnx.OnnxSession;
import dev.penstock.generators.text.decoding.GraphShape;
import dev.penstock.generators.text.decoding.GrowingLlama;
import dev.penstock.generators.text.decoding.LanguageModelStepper;
import dev.penstock.generators.text.decoding.PreparedPrompt;
import dev.penstock.generators.text.decoding.TextDraft;
import dev.penstock.generators.text.sampling.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An export that returns its keys and values grown is imported with a note that says so, and answers as it does where it
/// comes from, alone and in cohorts of answers of equal length.
///
/// References: greedy answers of onnxruntime-genai 0.18.0 on the CPU with the same folders.
class GrowingExportsTest {

  private static final SamplingSettings GREEDY = SamplingSettings.of(Map.of());

  private static final List<Answer> STORIES = List.of(
      new Answer(
          List.of(1, 403, 407, 261, 378),
          List.of(432, 383, 286, 261, 376, 298, 315, 421, 395, 317, 426, 338, 401, 396, 267, 337, 410, 408, 419, 292,
              411, 322, 265, 282)),
      new Answer(
          List.of(1, 317, 269, 274, 287),
          List.of(382, 276, 337, 299, 322, 265, 282, 295, 433, 426, 342, 397, 355, 267, 337, 335, 265, 315, 267, 422,
              419, 269, 352, 379)),
      new Answer(
          List.of(1, 291, 400, 428),
          List.of(286, 261, 370, 432, 352, 266, 268, 388, 426, 346, 397, 355, 267, 337, 335, 345, 268, 388, 426, 346,
              397, 355, 267, 337)));

  private static final List<Answer> GPT2 = List.of(
      new Answer(
          List.of(1, 2, 3, 4, 5, 6, 7, 8),
          List.of(8, 438, 438, 438, 438, 438, 438, 438, 287, 287, 287, 287, 287, 591, 591, 591, 591, 591, 591, 591, 591,
              591, 591, 591)),
      new Answer(
          List.of(98, 500, 999, 17, 42),
          List.of(551, 551, 551, 551, 718, 718, 718, 718, 718, 718, 718, 718, 718, 718, 718, 718, 718, 718, 718, 718,
              718, 718, 718, 718)));

  @TempDir
  private Path root;

  private record Answer(List<Integer> prompt, List<Integer> tokens) {}

  private static Path reference(String name) {
    String models = System.getenv("PENSTOCK_REFERENCE_MODELS");
    assumeTrue(models != null, "PENSTOCK_REFERENCE_MODELS is not set");
    return Path.of(models, name);
  }

  private Imported imported(Path folder) {
    var options = new ImportOptions("tiny", "1.0.0", "Apache-2.0", "test", "Tiny.", WeightForm.REPRODUCIBLE, 2048);
    return ModelImporter.importModel(folder, root.resolve("models/tiny"), options, Progress.NONE);
  }

  @Test
  void importsAFolderOfGenaiWithKeysAndValuesApart() {
    Imported imported = imported(reference("stories260K"));

    assertThat(imported.notes()).singleElement().asString().startsWith("the graph returns its keys and values grown:");
    assertThat(imported.form()).isEqualTo("float32");
    assertThat(imported.folder().manifest().languageModel().headSize()).isEqualTo(8);
    assertThat(imported.folder().manifest().languageModel().contextLength()).isEqualTo(512);
    answers(imported.folder(), STORIES);
  }

  @Test
  void importsAFolderOfGenaiWithKeysAndValuesInOneTensorAndShortWholeNumbers() {
    answers(imported(reference("ort-genai-tiny/tiny-random-gpt2-fp32")).folder(), GPT2);
  }

  @Test
  void importsAFolderOfOptimum() throws IOException {
    Path folder = Files.createDirectory(root.resolve("stories"));
    for (String file : List.of("config.json", "model.onnx", "tokenizer.json")) {
      Files.copy(reference("stories260K").resolve(file), folder.resolve(file));
    }

    answers(imported(folder).folder(), STORIES);
  }

  @Test
  void leavesWhatTheGraphComputes() throws IOException {
    Path folder = Files.createDirectory(root.resolve("llama"));
    try (Stream<Path> files = Files.list(TinyModel.folder("tiny-llama"))) {
      for (Path file : files.filter(file -> !file.toString().endsWith("tensors")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    byte[] graph = GrowingLlama.graph(300);
    Files.write(folder.resolve("model.onnx"), graph);
    List<List<Integer>> prompts = List.of(List.of(5, 6, 7), List.of(8, 9, 10), List.of(299, 4, 5, 6, 7, 8, 9));

    ModelFolder folderOfOurs = imported(folder).folder();

    LanguageModelSection section = folderOfOurs.manifest().languageModel();
    assertThat(answers(OnnxSession.open(folderOfOurs.file(section.graph())), section, prompts))
        .isEqualTo(answers(OnnxSession.open("original", graph), section, prompts));
  }

  /// One after the other, then all at once: some rows are of equal length, some of another.
  private static void answers(ModelFolder folder, List<Answer> expected) {
    LanguageModelSection section = folder.manifest().languageModel();
    List<List<Integer>> prompts = expected.stream().map(Answer::prompt).toList();
    List<List<Integer>> tokens = expected.stream().map(Answer::tokens).toList();
    for (int i = 0; i < prompts.size(); i++) {
      assertThat(answers(open(folder), section, prompts.subList(i, i + 1))).isEqualTo(tokens.subList(i, i + 1));
    }
    assertThat(answers(open(folder), section, prompts)).isEqualTo(tokens);
  }

  private static OnnxSession open(ModelFolder folder) {
    return OnnxSession.open(folder.file(folder.manifest().languageModel().graph()));
  }

  private static List<List<Integer>> answers(
      OnnxSession session, LanguageModelSection section, List<List<Integer>> prompts) {
    GraphShape shape = new GraphShape(section.layers(), section.keyValueHeads(), section.headSize(),
        section.contextLength(), section.vocabularySize());
    Map<Long, List<Integer>> answers = new TreeMap<>();
    try (var stepper = new LanguageModelStepper(session, shape, 4, 64, token -> false)) {
      for (int i = 0; i < prompts.size(); i++) {
        int[] prompt = prompts.get(i).stream().mapToInt(Integer::intValue).toArray();
        stepper.admit(i, new PreparedPrompt(prompt, GREEDY, 24, new long[] {i}));
      }
      while (answers.size() < prompts.size()) {
        for (Ended<TextDraft> ended : stepper.step()) {
          answers.put(ended.execution(), Arrays.stream(
              ((Ended.Finished<TextDraft>) ended).draft().answers().getFirst().tokens()).boxed().toList());
        }
      }
    }
    return List.copyOf(answers.values());
  }
}
