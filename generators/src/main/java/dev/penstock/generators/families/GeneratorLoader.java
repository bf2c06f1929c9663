package dev.penstock.generators.families;

import dev.penstock.generators.Generator;
import dev.penstock.generators.audio.Speaker;
import dev.penstock.generators.audio.SpeechGenerator;
import dev.penstock.generators.engine.GeneratorSource;
import dev.penstock.generators.image.OneShotImageGenerator;
import dev.penstock.generators.image.classify.ImageClassifierGenerator;
import dev.penstock.generators.image.diffusion.DiffusionGenerator;
import dev.penstock.generators.image.vq.VqImageGenerator;
import dev.penstock.generators.image.enlarge.SuperResolutionGenerator;
import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.ImageClassifierSection;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.OneShotImageSection;
import dev.penstock.generators.models.TokenClassificationSection;
import dev.penstock.generators.models.VideoSection;
import dev.penstock.generators.models.SpeechSection;
import dev.penstock.generators.models.VqImageSection;
import dev.penstock.generators.models.SuperResolutionSection;
import dev.penstock.generators.placement.Placement;
import dev.penstock.generators.text.LanguageModelGenerator;
import dev.penstock.generators.text.LanguageModelSettings;
import dev.penstock.generators.text.TextEmbedder;
import dev.penstock.generators.text.entities.TokenClassificationGenerator;
import dev.penstock.generators.video.VideoGenerator;
import dev.penstock.generators.video.VoiceOnDemand;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// Where a model folder becomes a generator: one case a family, and no default, so that a new family does not compile
/// until it is loaded here.
public final class GeneratorLoader {

  /// Weights as they are read, as they are kept on disk for the kernels, and as those have them: mapped files, which
  /// the system may drop, but which make models slow where there is no room for them. Measured 3.6 for SmolLM2 in 4 bits.
  private static final int WEIGHT_COPIES = 4;

  /// Whatever does not grow with the model: the session, small buffers.
  private static final long FIXED_BYTES = 32_000_000;

  private GeneratorLoader() {}

  /// Loads a verified model folder; takes from some hundred milliseconds to minutes, with the size of the model.
  ///
  /// @param embedder shared by all generators of the process; must outlive them, not closed by them
  /// @return closed by the caller, or by the engine it is given to
  /// @throws InvalidModelException if a file cannot be used as the manifest says
  public static Generator<?, ?> open(ModelFolder folder, TextEmbedder embedder) {
    return switch (folder.manifest().section()) {
      case LanguageModelSection _ -> LanguageModelGenerator.open(folder, embedder);
      case OneShotImageSection _ -> OneShotImageGenerator.open(folder, embedder);
      case DiffusionSection _ -> DiffusionGenerator.open(folder, embedder);
      case VqImageSection _ -> VqImageGenerator.open(folder, embedder);
      case VideoSection section -> film(folder, open(folder.part(section.imageModel()), embedder));
      case SpeechSection _ -> SpeechGenerator.open(folder);
      case TokenClassificationSection _ -> TokenClassificationGenerator.open(folder);
      case SuperResolutionSection _ -> SuperResolutionGenerator.open(folder);
      case ImageClassifierSection _ -> ImageClassifierGenerator.open(folder);
    };
  }

  private static <P, D> GeneratorSource<?, ?> film(ModelFolder folder, GeneratorSource<P, D> images) {
    return new FolderSource<>(
        folder, VideoGenerator.SLOTS, images.bytes() + FIXED_BYTES, () -> film(folder, images.open()));
  }

  private static <P, D> VideoGenerator<P, D> film(ModelFolder folder, Generator<P, D> images) {
    try {
      ModelManifest imageManifest = folder.part(folder.manifest().video().imageModel()).manifest();
      return new VideoGenerator<>(folder.manifest(), images, imageManifest, voice(folder));
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  /// On the processor, whatever the others have.
  private static @Nullable Speaker voice(ModelFolder film) {
    String name = film.manifest().video().voice();
    if (name == null || !film.parts().containsKey(name)) return null;
    return new VoiceOnDemand(() -> SpeechGenerator.open(film.part(name)));
  }

  /// As below, on the processor.
  public static GeneratorSource<?, ?> source(ModelFolder folder, TextEmbedder embedder) {
    return source(folder, embedder, new Placement.OnCpu());
  }

  /// A verified model folder as an engine takes it to load it on demand, warmed. Quick.
  ///
  /// @param embedder as for [#open]
  /// @param placement where its sessions run
  public static GeneratorSource<?, ?> source(ModelFolder folder, TextEmbedder embedder, Placement placement) {
    long fixed = WEIGHT_COPIES * fileBytes(folder) + FIXED_BYTES;
    return switch (folder.manifest().section()) {
      case LanguageModelSection section -> {
        LanguageModelSettings room = LanguageModelSettings.forModel(section);
        long cache = section.cacheBytesPerPosition() * room.slots() * room.slotTokens();
        yield new FolderSource<>(
            folder, room.slots(), fixed + cache + room.prefixBytes(), 
            () -> placement.during(() -> LanguageModelGenerator.open(folder, room, embedder)));
      }
      case OneShotImageSection _ ->
          new FolderSource<>(
              folder, OneShotImageGenerator.SLOTS, fixed, 
              () -> placement.during(() -> OneShotImageGenerator.open(folder, embedder)));
      case DiffusionSection section ->
          new FolderSource<>(
              folder,
              DiffusionGenerator.SLOTS,
              fixed + DiffusionGenerator.batchBytes(section),
              () -> placement.during(() -> DiffusionGenerator.open(folder, embedder)));
      case VqImageSection section ->
          new FolderSource<>(
              folder,
              VqImageGenerator.SLOTS,
              fixed + VqImageGenerator.batchBytes(section),
              () -> placement.during(() -> VqImageGenerator.open(folder, embedder)));
      case VideoSection section -> film(folder, source(folder.part(section.imageModel()), embedder, placement));
      case SpeechSection _ ->
          new FolderSource<>(
              folder,
              SpeechGenerator.SLOTS,
              fixed + SpeechGenerator.runBytes(),
              () -> placement.during(() -> SpeechGenerator.open(folder)));
      case TokenClassificationSection section ->
          new FolderSource<>(
              folder,
              TokenClassificationGenerator.SLOTS,
              fixed + TokenClassificationGenerator.batchBytes(section),
              () -> placement.during(() -> TokenClassificationGenerator.open(folder)));
      case SuperResolutionSection _ ->
          new FolderSource<>(
              folder,
              SuperResolutionGenerator.SLOTS,
              fixed + SuperResolutionGenerator.slotBytes(),
              () -> placement.during(() -> SuperResolutionGenerator.open(folder)));
      case ImageClassifierSection _ ->
          new FolderSource<>(
              folder,
              ImageClassifierGenerator.SLOTS,
              fixed,
              () -> placement.during(() -> ImageClassifierGenerator.open(folder)));
    };
  }

  /// Says of which models the weights lie ready for this processor, so that their own files need not be read. Reads the disk
  /// at every call.
  public static ModelFolder.Prepared prepared() {
    return (file, manifest, digest) -> switch (manifest.section()) {
      case LanguageModelSection section -> !file.equals(section.tokenizer()) && !file.equals(section.chatTemplate())
          && LanguageModelGenerator.packed().has(section.graph(), digest);
      case OneShotImageSection _ -> false;
      case DiffusionSection _ -> false;
      case VqImageSection _ -> false;
      case VideoSection _ -> false;
      case SpeechSection _ -> false;
      case TokenClassificationSection _ -> false;
      case SuperResolutionSection _ -> false;
      case ImageClassifierSection _ -> false;
    };
  }

  private static long fileBytes(ModelFolder folder) {
    long bytes = 0;
    try {
      for (String file : folder.digests().keySet()) bytes += Files.size(folder.file(file));
    } catch (IOException e) {
      throw new InvalidModelException(folder.path() + " cannot be read: " + e.getMessage() + ".", e);
    }
    return bytes;
  }
}
