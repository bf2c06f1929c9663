package dev.penstock.generatorstream;

import dev.penstock.generators.PartialText;
import dev.penstock.generators.audio.SpokenParts;
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.engine.ModelTooLargeException;
import dev.penstock.generators.engine.lane.StepEngine;
import dev.penstock.generators.families.GeneratorLoader;
import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelListing;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.onnx.DeviceChoice;
import dev.penstock.generators.onnx.DeviceUnavailableException;
import dev.penstock.generators.text.AnswerTexts;
import dev.penstock.generators.text.TextEmbedder;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Offers models to the engine, and has those loaded that fit into memory, in the order of preference; the others are
/// loaded when they are asked for.
final class LoadedModels {

  private LoadedModels() {}

  /// Offers what the settings name, or all that is found.
  ///
  /// @param texts gets what makes text of tokens, and closes it
  /// @param progress told a line for each model
  /// @throws UserError if there is none, or one is missing, damaged, or larger than the memory for all
  static ServedModels into(
      StepEngine engine,
      GeneratorStreamConfig config,
      TextEmbedder embedder,
      OrderlyStop texts,
      Consumer<String> progress)
      throws InterruptedException {
    Path modelsDir = config.modelsDir();
    ModelRepository repository =
        ModelRepository.of(modelsDir == null ? List.of() : List.of(modelsDir), System.getenv());
    List<String> names = config.models().isEmpty() ? all(repository) : config.models();
    if (names.isEmpty())
      throw new UserError("there are no models in %s; try penstock models pull".formatted(repository.places()));
    DeviceChoice device = device(config, progress);
    List<ServedModel> served = new ArrayList<>();
    for (String name : names) served.add(load(engine, repository, name, device, embedder, texts, progress));
    return new ServedModels(served);
  }

  private static DeviceChoice device(GeneratorStreamConfig config, Consumer<String> progress) {
    try {
      DeviceChoice device = DeviceChoice.of(config.device());
      device.line().ifPresent(progress);
      return device;
    } catch (DeviceUnavailableException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  /// Without names, pulled models come before bundled ones: who pulled one wants it.
  private static List<String> all(ModelRepository repository) {
    Path cache = ModelRepository.userCache(System.getenv());
    List<ModelListing.Readable> found = new ArrayList<>();
    for (ModelListing listing : repository.list())
      switch (listing) {
        case ModelListing.Readable readable -> found.add(readable);
        case ModelListing.Unreadable unreadable -> throw new UserError(unreadable.problem());
      }
    return found.stream()
        .sorted(java.util.Comparator.comparing(model -> !model.path().startsWith(cache)))
        .map(model -> model.manifest().name())
        .distinct()
        .toList();
  }

  private static ServedModel load(
      StepEngine engine,
      ModelRepository repository,
      String name,
      DeviceChoice device,
      TextEmbedder embedder,
      OrderlyStop texts,
      Consumer<String> progress)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      ModelFolder folder = find(repository, name);
      GeneratorSource<?, ?> source = 
          GeneratorLoader.source(folder, embedder, device.placement(folder.manifest().name()));
      engine.offer(folder.digest(), source);
      boolean loaded = engine.warm(folder.digest()).get();
      ServedModel model =
          new ServedModel(folder.manifest(), folder.digest(), source.slots(), texts(folder, texts));
      progress.accept(
          loaded
              ? "model %s ready in %.1f s".formatted(model.reference(), (System.nanoTime() - start) / 1e9)
              : "model %s is loaded when it is asked for".formatted(model.reference()));
      return model;
    } catch (ModelTooLargeException e) {
      throw new UserError("%s Raise models.memory.max, or leave the model out.".formatted(e.getMessage()), e);
    } catch (ModelException | IOException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (ExecutionException e) {
      throw new UserError(String.valueOf(e.getCause().getMessage()), e);
    }
  }

  private static PartialText.@Nullable Source texts(ModelFolder folder, OrderlyStop texts) {
    return switch (folder.manifest().family()) {
      case LANGUAGE_MODEL -> texts.add(folder.manifest().name(), AnswerTexts.open(folder));
      case SPEECH -> new SpokenParts(folder.manifest().speech());
      case ONE_SHOT_IMAGE, DIFFUSION, VQ_IMAGE, VIDEO, TOKEN_CLASSIFICATION, SUPER_RESOLUTION, IMAGE_CLASSIFIER -> null;
    };
  }

  private static ModelFolder find(ModelRepository repository, String reference) {
    int at = reference.indexOf('@');
    return at < 0
        ? repository.find(reference, GeneratorLoader.prepared())
        : repository.find(reference.substring(0, at), reference.substring(at + 1), GeneratorLoader.prepared());
  }
}
