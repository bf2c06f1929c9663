package dev.penstock.generatorstream;

import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelListing;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.source.ModelCatalogue;
import dev.penstock.generators.models.source.ModelPuller;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.ProgressBar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock models ...`.
@Command(
    name = "models",
    description = "Lists, verifies, fetches and adds models.",
    footer = {
      "",
      "Examples: penstock models pull smollm2-135m-instruct",
      "          penstock models add Qwen3-0.6B-Q8_0.gguf --name qwen3",
      "          penstock models add decoder.onnx --yaml decoder.yaml"
    })
public final class ModelsCommand implements PenstockCommand {

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public ModelsCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(System.out);
    return 0;
  }

  @Command(name = "list", description = "The models that are here, and those that can be pulled.")
  int list() {
    for (ModelListing listing : ModelRepository.of(List.of(), System.getenv()).list())
      switch (listing) {
        case ModelListing.Readable(var path, var manifest) ->
            System.out.printf(
                "%-28s %-10s %-6s %-12s %s%n",
                manifest.name(), manifest.version(), manifest.modality().word(), manifest.licence(), path);
        case ModelListing.Unreadable(var path, var problem) -> System.out.println(problem);
      }
    for (var entry : ModelCatalogue.bundled().entries())
      System.out.printf("%-28s %-10s can be pulled: %s%n", entry.name(), entry.version(), entry.description());
    return 0;
  }

  @Command(name = "verify", description = "Checks the digest of every file of a model.")
  int verify(@Parameters(paramLabel = "NAME", description = "The model's name.") String name) {
    ModelFolder folder = mended(() -> ModelRepository.of(List.of(), System.getenv()).find(name));
    System.out.printf("%s %s is whole, digest %s%n", name, folder.manifest().version(), folder.digest());
    return 0;
  }

  @Command(name = "pull", description = "Fetches a model of the catalogue and imports it into the user's cache.")
  int pull(@Parameters(paramLabel = "NAME", description = "The model's name in the catalogue.") String name)
      throws InterruptedException {
    ModelPuller puller = ModelPuller.of(ModelCatalogue.bundled(), System.getenv());
    ModelFolder folder = pull(puller, name);
    System.out.println(folder.manifest().name() + " is in " + folder.path());
    measured(folder.manifest().measured());
    return 0;
  }

  @Command(
      name = "add",
      aliases = "import",
      description = {
        "Turns a model that you have into one that Penstock serves, in the user's cache, and shows what it makes:",
        "a GGUF file, a Hugging Face checkpoint, a folder of onnxruntime-genai, an ONNX folder, a Piper voice,",
        "a folder of diffusers, a graph of ONNX that does its work in one run, or a model folder that a recipe made.",
        "What can be found out is not asked."
      })
  int add(
      @Parameters(paramLabel = "PATH", description = "The file or folder.") Path path,
      @Option(names = "--yaml", paramLabel = "FILE", description = "What the file does not say of itself: docs/models.md.")
          @Nullable Path yaml,
      @Option(names = "--name", paramLabel = "NAME", description = "The model's name; else the file's.") @Nullable String name,
      @Option(
              names = "--form",
              paramLabel = "FORM",
              description = "Form of a language model's weights: reproducible (the file's own; default), throughput (8 bits), float32.")
          @Nullable String form,
      @Option(names = "--licence", paramLabel = "SPDX", description = "SPDX identifier of the weights' licence.")
          @Nullable String licence,
      @Option(
              names = "--context",
              paramLabel = "TOKENS",
              description = "Longest prompt and answer of a language model; 2048 unless said.")
          @Nullable Integer context) {
    mended(
        () -> {
          AddedModel.of(path, new AddOptions(yaml, name, licence, form, context), System.out::println)
              .addTo(System.getenv());
          return 0;
        });
    return 0;
  }

  private static ModelFolder pull(ModelPuller puller, String name) throws InterruptedException {
    try (ProgressBar bar = new ProgressBar(System.out)) {
      return puller.pull(name, bar::at);
    } catch (ModelException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private static void measured(Map<String, Object> figures) {
    figures.forEach((name, value) -> System.out.printf("  %-24s %s%n", name, value));
  }

  private static <T> T mended(java.util.function.Supplier<T> action) {
    try {
      return action.get();
    } catch (ModelException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
