package dev.penstock.generators.models.piper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelImportException;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelParameters;
import dev.penstock.generators.models.Modality;
import dev.penstock.generators.models.Progress;
import dev.penstock.generators.models.Sha256;
import dev.penstock.generators.models.SpeechSection;
import dev.penstock.generators.models.writing.DraftFolder;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.onnx.OnnxRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Turns a voice of Piper, a file `.onnx` and the `.onnx.json` beside it, into a model folder. The weights stay as they
/// are; the noise that the graph drew itself becomes an input.
public final class PiperImporter {

  private static final String GRAPH = "voice.onnx";
  private static final String PHONEMES = "phonemes.json";
  private static final double MOST_DIFFERENCE = 1e-3;

  private final Path graph;
  private final PiperConfig config;
  private final PiperGraph voice;
  private final ImportOptions options;
  private final Progress progress;

  private PiperImporter(Path graph, ImportOptions options, Progress progress) {
    this.graph = graph;
    this.config = PiperConfig.read(configOf(graph));
    this.voice = PiperGraph.read(graph);
    this.options = options;
    this.progress = progress;
  }

  /// Whether a file is a voice with its settings beside it.
  public static boolean isVoice(Path file) {
    return file.toString().endsWith(".onnx") && Files.isRegularFile(file) && Files.isRegularFile(configOf(file));
  }

  /// The voices in a folder.
  public static List<Path> voicesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(PiperImporter::isVoice).sorted().toList();
    } catch (IOException unreadable) {
      throw new ModelImportException(folder + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
    }
  }

  private static Path configOf(Path graph) {
    return graph.resolveSibling(graph.getFileName() + ".json");
  }

  /// Imports a voice into the folder `target`, which must not exist yet.
  ///
  /// @param path the `.onnx` file, or a folder with one voice in it
  /// @param options forms and context length do not matter
  /// @throws ModelImportException a file is missing, damaged or no voice of Piper, or the target exists
  public static ModelFolder importVoice(Path path, Path target, ImportOptions options, Progress progress) {
    Path graph = Files.isDirectory(path) ? onlyVoice(path) : path;
    DraftFolder.fill(target, options.name(), draft -> {
      new PiperImporter(graph, options, progress).fill(draft);
      return target;
    });
    return ModelFolder.open(target);
  }

  private static Path onlyVoice(Path folder) {
    List<Path> voices = voicesIn(folder);
    if (voices.size() != 1) {
      throw new ModelImportException(folder + " holds " + voices.size() + " voices of Piper"
          + (voices.isEmpty() ? "" : " (" + String.join(", ", voices.stream().map(v -> "" + v.getFileName()).toList()) + ")")
          + "; name the one .onnx file, with its .onnx.json beside it.");
    }
    return voices.getFirst();
  }

  private void fill(Path draft) throws IOException {
    progress.at("write the voice", 0, 0);
    voice.write(draft.resolve(GRAPH));
    Files.writeString(draft.resolve(PHONEMES), phonemes());
    Path shapes = draft.resolve("shapes.onnx");
    voice.writeDurationNoiseShape(shapes);
    progress.at("compare the voice with the original", 0, 0);
    PiperTrial.Found found = new PiperTrial(config, voice.hasSpeakers()).run(graph, shapes, draft.resolve(GRAPH));
    Files.delete(shapes);
    if (found.maxDifference() > MOST_DIFFERENCE) {
      throw new ModelImportException(graph + " speaks otherwise once its noise is an input: samples differ by up to "
          + found.maxDifference() + "; at most " + MOST_DIFFERENCE + " is allowed.");
    }
    Files.writeString(draft.resolve(ModelManifest.FILE_NAME), manifest(draft, found).toYaml());
  }

  private String phonemes() throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(config.phonemeIds()) + "\n";
  }

  private ModelManifest manifest(Path draft, PiperTrial.Found found) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (String file : List.of(PHONEMES, GRAPH)) {
      digests.put(file, Sha256.of(draft.resolve(file)));
    }
    SpeechSection section = new SpeechSection(GRAPH, PHONEMES, config.language(), config.sampleRateHz(),
        found.samplesPerFrame(), found.durationNoiseChannels(), found.noiseChannels(), config.noise(), config.length(),
        config.durationNoise(), voice.hasSpeakers() ? config.speakers() : List.of());
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("maxDifference", Math.ceil(found.maxDifference() * 1e7) / 1e7);
    measured.put("against", "the original's samples without noise");
    measured.put("with", "ONNX Runtime " + OnnxRuntime.version() + " on the CPU");
    return new ModelManifest(options.name(), options.version(), Modality.AUDIO, options.licence(), options.source(),
        options.description(), digests, new ModelParameters(Map.of()), section, measured);
  }
}
