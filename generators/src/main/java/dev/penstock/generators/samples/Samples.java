package dev.penstock.generators.samples;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Generator;
import dev.penstock.generators.Input;
import dev.penstock.generators.InputPicture;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.Stepper.Ended;
import dev.penstock.generators.families.GeneratorLoader;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.PictureUse;
import dev.penstock.generators.text.TextEmbedder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a model makes of a few requests, with the seeds 0, 1, 2 and so on.
public final class Samples {

  /// Name of the sheet of pictures in a model's folder.
  public static final String SHEET = "contact-sheet.png";

  private static final int PICTURES = 16;
  private static final int COLUMNS = 8;
  private static final List<String> THINGS = List.of("a red mug", "a blue lamp", "a green chair", "a yellow bag",
      "an orange kettle", "a teal sofa", "a pink shoe", "a black watch");
  private static final List<String> TEXTS = List.of("Write one short advertising slogan for a solar-powered backpack.",
      "Once upon a time", "Describe a blue kettle in one sentence.");

  private Samples() {}

  /// Loads the model, makes samples, and writes those that are no text into its folder.
  ///
  /// A text that a language model refuses, or to which it finds no answer, is told with its sentence: it runs all the same.
  ///
  /// @return lines to tell: where they are, and the texts
  /// @throws ModelImportException the model does not load or makes nothing; one sentence says why
  public static List<String> write(ModelFolder folder, TextEmbedder embedder) throws IOException {
    List<Request> requests = requests(folder);
    try (Generator<?, ?> generator = GeneratorLoader.open(folder, embedder)) {
      if (folder.manifest().section() instanceof LanguageModelSection) {
        return answers(generator, folder, requests);
      }
      List<GenerationResult> results = new ArrayList<>();
      for (Request request : requests) {
        results.add(made(generator, request(folder, request, results.size())));
      }
      return results.getFirst().mediaType().startsWith("image/")
          ? sheet(folder, requests, results) : told(folder.path(), requests, results);
    }
  }

  private static List<String> answers(Generator<?, ?> generator, ModelFolder folder, List<Request> requests) {
    List<String> lines = new ArrayList<>();
    for (Request request : requests) {
      String words = "\"" + request.words() + "\" gives ";
      try {
        GenerationResult answer = run(generator, request(folder, request, lines.size()));
        lines.add(words.strip() + ": " + new String(answer.body(), StandardCharsets.UTF_8).replace('\n', ' '));
      } catch (GenerationException refused) {
        if (!(refused instanceof GenerationException.Rejected) && !refused.reason().equals("NO_USABLE_ANSWER")) {
          throw notMade(refused);
        }
        lines.add(words + "no answer: " + refused.getMessage());
      } catch (Exception failed) {
        throw notMade(failed);
      }
    }
    return lines;
  }

  private static ModelImportException notMade(Exception failed) {
    return new ModelImportException("The model was read, and makes no sample: " + failed.getMessage(), failed);
  }

  private record Request(String words, Map<String, String> parameters) {}

  private static List<Request> requests(ModelFolder folder) {
    if (folder.manifest().section().pictureUse() == PictureUse.REQUIRED) {
      return List.of(new Request("a drawn mug", Map.of()), new Request("drawn waves", Map.of()));
    }
    return switch (folder.manifest().modality()) {
      case TEXT -> TEXTS.stream().map(text -> new Request(text, Map.of("maxTokens", "24"))).toList();
      case IMAGE -> folder.manifest().section() instanceof OneShotImageSection section
          ? IntStream.range(0, Math.max(PICTURES, Math.min(3 * PICTURES, section.labels().size())))
              .mapToObj(i -> ofClass(section, i)).toList()
          : THINGS.stream().map(thing -> new Request(thing, Map.of())).toList();
      case AUDIO, VIDEO -> List.of(new Request("A solar-powered backpack charges your phone on the way.", Map.of()));
    };
  }

  private static Request ofClass(OneShotImageSection section, int i) {
    if (section.labels().isEmpty()) {
      return new Request("a picture", Map.of());
    }
    String label = section.labels().get(i % section.labels().size());
    return new Request(label, Map.of("class", label));
  }

  private static GenerationRequest request(ModelFolder folder, Request request, int seed) {
    Map<String, String> known = new LinkedHashMap<>(request.parameters());
    known.keySet().retainAll(folder.manifest().parameters().specs().keySet());
    boolean pictures = folder.manifest().section().pictureUse() == PictureUse.REQUIRED;
    return new GenerationRequest("sample-" + seed, "", new Input.Text(request.words()),
        folder.manifest().parameters().validate(known), seed, 0, 1, Priority.NORMAL, null,
        pictures ? new InputPicture(seed == 0 ? DrawnPicture.mug() : DrawnPicture.waves()) : null);
  }

  private static GenerationResult made(Generator<?, ?> generator, GenerationRequest request) {
    try {
      return run(generator, request);
    } catch (Exception failed) {
      throw notMade(failed);
    }
  }

  private static <P, D> GenerationResult run(Generator<P, D> generator, GenerationRequest request) throws Exception {
    P prepared = generator.prepare(request);
    Stepper<P, D> stepper = generator.stepper();
    stepper.admit(request.seed(), prepared);
    while (true) {
      for (Ended<D> ended : stepper.step()) {
        switch (ended) {
          case Ended.Finished<D>(long execution, D draft, int steps) -> {
            return generator.complete(request, prepared, draft);
          }
          case Ended.Failed<D>(long execution, GenerationException cause) -> throw cause;
        }
      }
    }
  }

  /// Enlarged pictures stand right of what they were made of.
  private static List<String> sheet(ModelFolder folder, List<Request> requests, List<GenerationResult> results) throws IOException {
    boolean enlarged = folder.manifest().section().pictureUse() == PictureUse.REQUIRED;
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (enlarged) {
        pictures.add(i == 0 ? DrawnPicture.mug() : DrawnPicture.waves());
      }
      pictures.add(results.get(i).body());
    }
    Files.write(folder.path().resolve(SHEET), ContactSheet.of(pictures, enlarged ? 2 : COLUMNS));
    List<String> words = requests.stream().map(Request::words).distinct().toList();
    return List.of(results.size() + " pictures in " + SHEET + (words.size() < 2 ? "" : ", by rows: " + String.join(", ", words)));
  }

  private static List<String> told(Path folder, List<Request> requests, List<GenerationResult> results) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      GenerationResult result = results.get(i);
      String type = result.mediaType();
      if (type.startsWith("text/") || type.startsWith("application/json")) {
        lines.add("\"" + requests.get(i).words() + "\" gives: " + new String(result.body(), StandardCharsets.UTF_8).replace('\n', ' '));
      } else {
        String file = "sample-" + i + "." + type.replaceFirst(";.*", "").replaceFirst(".*/(x-)?", "");
        Files.write(folder.resolve(file), result.body());
        lines.add("\"" + requests.get(i).words() + "\" is in " + file);
      }
    }
    return lines;
  }
}
