package dev.penstock.generators.models;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What `model.yaml` says about a model. Valid once built; immutable.
///
/// @param name        lower-case letters, digits, dot, dash, underscore; the folder's usual name
/// @param version     semantic version, such as `1.0.0`
/// @param modality    what the model makes
/// @param licence     SPDX identifier of the weights' licence
/// @param source      where the weights come from: a recipe's folder or a package's coordinates
/// @param description one sentence
/// @param files       file name to lower-case sha256 of every file beside `model.yaml`, in the manifest's order
/// @param parameters  what a prompt may set; those of the family are added where they are not declared
/// @param section     the family's own section
/// @param measured    free figures: what the model was measured at, with what
public record ModelManifest(
    String name,
    String version,
    Modality modality,
    String licence,
    String source,
    String description,
    Map<String, String> files,
    ModelParameters parameters,
    FamilySection section,
    Map<String, Object> measured) {

  /// Name of the manifest in a model folder.
  public static final String FILE_NAME = "model.yaml";

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})(-[0-9A-Za-z.-]{1,32})?");
  static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

  public ModelManifest {
    parameters = parameters.and(section.commonParameters());
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
    check(NAME, "name", name, "lower-case letters, digits, '.', '_' and '-', at most 64, are allowed");
    check(VERSION, "version", version, "a semantic version such as 1.0.0 is needed");
    files.forEach(ModelManifest::checkFile);
    for (String referenced : section.referencedFiles()) {
      if (!files.containsKey(referenced)) {
        throw new InvalidModelException(section.family().sectionKey() + " points at the file " + referenced
            + ", which is not listed under files: " + String.join(", ", files.keySet()) + ".");
      }
    }
  }

  /// Reads and validates a manifest.
  ///
  /// @throws InvalidModelException names file, key and what is allowed
  public static ModelManifest read(Path file) {
    return ManifestReader.read(file);
  }

  /// The manifest as YAML that [#read(Path)] reads back to an equal record.
  public String toYaml() {
    return ManifestWriter.toYaml(this);
  }

  public ModelFamily family() {
    return section.family();
  }

  /// The section of a language model.
  ///
  /// @throws InvalidModelException if the model is of another family
  public LanguageModelSection languageModel() {
    return section(LanguageModelSection.class, ModelFamily.LANGUAGE_MODEL);
  }

  /// The section of a one-shot image model.
  ///
  /// @throws InvalidModelException if the model is of another family
  public OneShotImageSection oneShotImage() {
    return section(OneShotImageSection.class, ModelFamily.ONE_SHOT_IMAGE);
  }

  /// The section of a diffusion model.
  ///
  /// @throws InvalidModelException if the model is of another family
  public DiffusionSection diffusion() {
    return section(DiffusionSection.class, ModelFamily.DIFFUSION);
  }

  /// The section of a model of codes.
  ///
  /// @throws InvalidModelException if the model is of another family
  public VqImageSection vqImage() {
    return section(VqImageSection.class, ModelFamily.VQ_IMAGE);
  }

  /// The section of a film maker.
  ///
  /// @throws InvalidModelException if the model is of another family
  public VideoSection video() {
    return section(VideoSection.class, ModelFamily.VIDEO);
  }

  /// The section of a voice.
  ///
  /// @throws InvalidModelException if the model is of another family
  public SpeechSection speech() {
    return section(SpeechSection.class, ModelFamily.SPEECH);
  }

  /// The section of a model that labels tokens.
  ///
  /// @throws InvalidModelException if the model is of another family
  public TokenClassificationSection tokenClassification() {
    return section(TokenClassificationSection.class, ModelFamily.TOKEN_CLASSIFICATION);
  }

  /// The section of a model of one family.
  ///
  /// @throws InvalidModelException if the model is of another family
  public <S extends FamilySection> S section(Class<S> type, ModelFamily wanted) {
    if (type.isInstance(section)) {
      return type.cast(section);
    }
    throw otherFamily(wanted, section);
  }

  private InvalidModelException otherFamily(ModelFamily wanted, FamilySection found) {
    return new InvalidModelException("Model " + name + " " + version + " is of the family "
        + found.family().word() + "; " + wanted.word() + " is needed here.");
  }

  private static void check(Pattern pattern, String key, String value, String allowed) {
    if (!pattern.matcher(value).matches()) {
      throw new InvalidModelException(key + " is '" + value + "'; " + allowed + ".");
    }
  }

  private static void checkFile(String file, String digest) {
    check(FILE, "files: the name", file, "a plain file name, or a path below the folder, is allowed");
    if (file.equals(FILE_NAME)) {
      throw new InvalidModelException("files lists " + FILE_NAME + " itself; only the files beside it belong there.");
    }
    check(DIGEST, "files." + file, digest, "a sha256 of 64 lower-case hexadecimal digits is needed");
  }
}
