package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.models.DiffusionSection;
import dev.penstock.generators.models.DiffusionSection.Decoder;
import dev.penstock.generators.models.DiffusionSection.Encoder;
import dev.penstock.generators.models.DiffusionSection.Graph;
import dev.penstock.generators.models.DiffusionSection.TextEncoder;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.PictureUse;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.huggingface.JsonFile;
import dev.penstock.generators.models.oneshot.Added;
import dev.penstock.generators.models.oneshot.Added.Finding;
import dev.penstock.generators.models.oneshot.OneShotImporter.Naming;
import dev.penstock.generators.models.writing.DraftFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a folder of diffusers into a model folder: U-Net, scheduler, and where they are there text encoder with its tokenizer
/// and decoder and encoder of an autoencoder. What a folder has beyond these is refused by name.
public final class DiffusersImporter {

  /// The file that makes a folder one of diffusers.
  public static final String INDEX = "model_index.json";

  private static final long MAX_BYTES = 1 << 20;
  private static final int SHORTEST_TEXT = 2;
  /// Parts that change nothing of the pictures, and those that are imported.
  private static final List<String> KNOWN =
      List.of("unet", "scheduler", "vae", "vae_decoder", "vae_encoder", "text_encoder", "tokenizer", "feature_extractor", "safety_checker");

  private final Path folder;
  private final Naming naming;
  private final Consumer<Added> told;
  private final List<Finding> findings = new ArrayList<>();

  private DiffusersImporter(Path folder, Naming naming, Consumer<Added> told) {
    this.folder = folder;
    this.naming = naming;
    this.told = told;
  }

  /// Imports a folder into the folder `target`, which must not exist yet; it is complete or not there.
  ///
  /// @param told hears what was found out before the folder gets its name
  /// @throws dev.penstock.generators.models.ModelException a part is missing, damaged or of a kind that cannot be imported, or
  ///     the target exists; one sentence says what and where
  public static ModelFolder importModel(Path folder, Path target, Naming naming, Consumer<Added> told) {
    var importer = new DiffusersImporter(folder, naming, told);
    DraftFolder.fill(target, naming.name(), importer::fill);
    return ModelFolder.open(target);
  }

  private DiffusionSection fill(Path draft) throws IOException {
    JsonFile index = JsonFile.read(folder.resolve(INDEX), MAX_BYTES);
    checkParts(index);
    NoiseSchedule schedule = NoiseSchedule.read(folder.resolve("scheduler"));
    Denoiser denoiser = Denoiser.read(folder.resolve("unet"));
    Denoiser.Written unet = denoiser.write(draft);
    boolean latent = hasPart(index, "vae") || hasPart(index, "vae_decoder");
    Decoder decoder = latent ? new DecoderPart(folder.resolve("vae_decoder"), denoiser).write(draft) : null;
    Path pictures = folder.resolve("vae_encoder");
    Encoder encoder = decoder != null && Files.isDirectory(pictures) ? new EncoderPart(pictures, denoiser, decoder).write(draft) : null;
    @Nullable TextPart text = unet.text() == null ? null : new TextPart(folder, denoiser.wordSize());
    TextEncoder reader = text == null ? null : text.write(draft);
    int tokens = text == null ? SHORTEST_TEXT : text.tokens();
    DiffusionSection section = new DiffusionSection(
        new Graph(unet.file(), unet.sample(), unet.timestep(), unet.shared(), unet.text(), null, unet.output()), tokens,
        denoiser.channels(), denoiser.height(), denoiser.width(), new OutputRange(-1, 1), schedule.prediction(), 1000,
        schedule.betas(), schedule.schedulers(), reader, decoder, encoder);
    tell(index, section, schedule);
    Files.writeString(draft.resolve(ModelManifest.FILE_NAME), manifest(draft, section).toYaml());
    return section;
  }

  private static boolean hasPart(JsonFile index, String part) {
    return index.has(part) && index.node().get(part).isArray() && !index.node().get(part).path(0).isNull();
  }

  private void checkParts(JsonFile index) {
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> entry : index.node().properties()) {
      String part = entry.getKey();
      if (hasPart(index, part) && !KNOWN.contains(part)) {
        throw index.refused("it has a part '" + part + "' (" + entry.getValue().path(1).asText()
            + "); U-Nets with one text encoder, or none, can be imported");
      }
    }
    for (String part : List.of("unet", "scheduler")) {
      if (!hasPart(index, part)) {
        throw index.refused("it has no part '" + part + "'; U-Nets with a scheduler can be imported");
      }
    }
  }

  private void tell(JsonFile index, DiffusionSection section, NoiseSchedule schedule) {
    findings.add(new Finding("pipeline", index.optionalText("_class_name").orElse("not named")));
    findings.add(new Finding("picture", section.pictureWidth() + "x" + section.pictureHeight()
        + (section.decoder() == null ? ", in pixels" : ", from " + section.channels() + " latent channels of "
            + section.width() + "x" + section.height())));
    findings.add(new Finding("begins at", section.pictureUse() == PictureUse.OPTIONAL ? "noise, or a picture that the prompt brings"
        : "noise alone, for there is no vae_encoder"));
    findings.add(new Finding("predicts", schedule.prediction().word()));
    findings.add(new Finding("schedulers", schedule.schedulers().stream().map(DiffusionSection.Scheduler::word)
        .collect(Collectors.joining(", "))));
    findings.add(new Finding("words", Optional.ofNullable(section.textEncoder())
        .map(encoder -> section.textTokens() + " tokens of its own text encoder").orElse("none")));
    findings.add(new Finding("timestep", section.graph().shared() ? "one for all rows of a run: each request runs by itself" : "one a row"));
    schedule.notes().forEach(note -> findings.add(new Finding("note", note)));
    told.accept(new Added(section.family().word(), findings));
  }

  private ModelManifest manifest(Path draft, DiffusionSection section) throws IOException {
    String description = "Draws pictures of " + section.pictureWidth() + "x" + section.pictureHeight() + " pixels in steps.";
    return new ModelManifest(naming.name(), "1.0.0", Modality.IMAGE, naming.licence(), naming.source(), description,
        digests(draft), new ModelParameters(Map.of()), section, Map.of());
  }

  private static Map<String, String> digests(Path draft) throws IOException {
    try (Stream<Path> children = Files.list(draft)) {
      var digests = new LinkedHashMap<String, String>();
      for (Path child : children.sorted().toList()) {
        digests.put(child.getFileName().toString(), Sha256.of(child));
      }
      return digests;
    }
  }

  static Path existing(Path graph) {
    if (!Files.isRegularFile(graph)) {
      throw new ModelImportException(graph.getFileName() + " is missing in " + graph.getParent()
          + "; export the pipeline as ONNX, for example with Optimum.");
    }
    return graph;
  }
}
