package dev.penstock.generatorstream;

import dev.penstock.generators.models.FamilySection;
import dev.penstock.generators.models.LanguageModelSection;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.SpeechSection;
import dev.penstock.generators.models.TokenClassificationSection;
import dev.penstock.generators.models.importing.ModelImporter;
import dev.penstock.generators.models.importing.ModelKind;
import dev.penstock.generators.models.piper.PiperImporter;
import dev.penstock.generators.models.transformer.WeightForm;
import dev.penstock.generators.models.writing.Calibration;
import dev.penstock.generators.models.writing.ImportOptions;
import dev.penstock.generators.models.writing.Imported;
import dev.penstock.generators.models.writing.LanguageModelWriter;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.ProgressBar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Imports one language model or voice and says what came out.
///
/// @param form reproducible, throughput or float32
record ImportReport(Path path, String name, String form, String licence, int context) {

  ImportReport {
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}"))
      throw new UserError(
          "The name '" + name + "' cannot be used; lower-case letters, digits, '.', '_' and '-', at most 64, are allowed.");
    if (context < 16) throw new UserError("--context is " + context + "; at least 16 tokens are needed.");
  }

  /// @return lines to print
  List<String> importInto(Path models) {
    return importTo(models.resolve(name));
  }

  /// @param target the model's folder, which must not exist yet
  /// @return lines to print
  List<String> importTo(Path target) {
    String source = (path.toFile().isDirectory() ? "folder:" : "file:") + path.toAbsolutePath().normalize().getFileName();
    ImportOptions options =
        new ImportOptions(name, "1.0.0", licence, source, "Imported from " + source + ".", forms(), context);
    ModelKind kind = ModelKind.of(path);
    try (ProgressBar bar = new ProgressBar(System.err)) {
      if (kind == ModelKind.PIPER)
        return lines(kind, PiperImporter.importVoice(path, target, options, bar::at));
      return lines(kind, ModelImporter.importModel(path, target, options, bar::at));
    }
  }

  private List<String> lines(ModelKind kind, ModelFolder folder) {
    SpeechSection section = folder.manifest().speech();
    List<String> lines = new ArrayList<>();
    lines.add("  read           " + kind.words());
    lines.add("  language       " + section.language() + (section.isEnglish() ? "" : ", needs the program espeak-ng to read text"));
    lines.add("  sound          " + section.sampleRateHz() + " Hz");
    lines.add("  speakers       " + (section.speakers().isEmpty() ? "1" : section.speakers().size() + ", parameter speaker"));
    lines.add("  noise          seeded, samples within " + folder.manifest().measured().get("maxDifference")
        + " of the original's without noise");
    return lines;
  }

  private List<WeightForm> forms() {
    return switch (form) {
      case "reproducible" -> WeightForm.REPRODUCIBLE;
      case "throughput" -> WeightForm.THROUGHPUT;
      case "float32" -> List.of(WeightForm.FLOAT32);
      default -> throw new UserError("--form is '" + form + "'; reproducible, throughput and float32 are possible.");
    };
  }

  private List<String> lines(ModelKind kind, Imported imported) {
    List<String> lines = new ArrayList<>();
    lines.add("  read           " + kind.words());
    FamilySection section = imported.folder().manifest().section();
    if (section instanceof LanguageModelSection languageModel) languageModel(languageModel, imported, lines);
    if (section instanceof TokenClassificationSection labels) tokenClassification(labels, lines);
    return lines;
  }

  private void tokenClassification(TokenClassificationSection section, List<String> lines) {
    lines.add("  labels         " + String.join(" ", section.labels()));
    lines.add("  at once        " + section.maxTokens() + " tokens; longer texts go in overlapping windows");
  }

  private void languageModel(LanguageModelSection section, Imported imported, List<String> lines) {
    lines.add("  weights        " + imported.form());
    lines.add("  quality        " + quality(imported.calibration()));
    lines.add("  context        " + section.contextLength() + " tokens");
    lines.add("  chat template  " + Optional.ofNullable(section.chatTemplate()).orElse("none: prompts are fed as plain text"));
    lines.add("  stops at       " + (section.stopTokens().isEmpty() ? "nothing but maxTokens" : String.join(" ", section.stopTokens())));
    if (form.equals("throughput") && !imported.form().equals("q8"))
      lines.add("  note           8-bit weights were too far from the file's own, or the file has none of floats");
    imported.notes().forEach(note -> lines.add("  note           " + note));
  }

  private static String quality(Calibration calibration) {
    if (calibration.equals(Calibration.EXACT)) return "the file's own weights in float32, nothing was rounded";
    return String.format(
        Locale.ROOT,
        "mean KL %.4f nats (%s %.2f), top-1 agreement %.1f%%, against the file's own weights in float32 at %d positions",
        calibration.klDivergence(),
        calibration.klDivergence() <= LanguageModelWriter.MAX_DIVERGENCE ? "at most" : "ABOVE",
        LanguageModelWriter.MAX_DIVERGENCE,
        100 * calibration.topOneAgreement(),
        calibration.positions());
  }
}
