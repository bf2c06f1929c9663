package dev.penstock.generators.models;

import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import dev.penstock.generators.models.ParameterSpec.StringParameter;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A film maker: no weights of its own, it has an image model draw pictures and makes a film of them, and a speech model
/// speak over it. What the manifest declares under `parameters` beside a film's own is handed to the image model.
///
/// @param imageModel      name of the image model
/// @param imageParameters what its pictures are asked for with, as a prompt would write it
/// @param voice           name of the speech model, which need not be there; null: films have no sound
public record VideoSection(String imageModel, Map<String, String> imageParameters, @Nullable String voice)
    implements FamilySection {

  public VideoSection {
    imageParameters = Collections.unmodifiableMap(new LinkedHashMap<>(imageParameters));
  }

  /// What every film maker takes.
  public static final Map<String, ParameterSpec> PARAMETERS = parameters();

  private static Map<String, ParameterSpec> parameters() {
    var film = new HashMap<String, ParameterSpec>();
    film.put("frames", new IntegerParameter(2, 480, 48L, "how many frames the film has; with a sound track as many as that needs, if those are more"));
    film.put("fps", new IntegerParameter(1, 60, 24L, "frames a second"));
    film.put("adSize", new StringParameter(List.of(), 32, "512x512",
        "the film's size by name, such as story, or in pixels, such as 640x360; both sides even"));
    film.put("format", new StringParameter(List.of("webm", "mp4", "gif"), "webm", "VP9 in WebM, H.264 in MP4, or GIF"));
    film.put("quality", new IntegerParameter(1, 100, 70L, "of the encoding, except for gif"));
    film.put("keyframes", new IntegerParameter(1, 8, 4L, "pictures drawn from seeds of their own, which the film passes in a circle"));
    film.put("between", new IntegerParameter(0, 15, 2L, "pictures the image model makes between two keyframes; frames between pictures are mixed"));
    film.put("variation", new NumberParameter(0, 1, 0.4, "how far keyframes are apart: 0 all the same, 1 as far as seeds are"));
    film.put("move", new StringParameter(
        List.of("none", "zoom-in", "zoom-out", "breathe", "pan-left", "pan-right", "pan-up", "pan-down"), "breathe",
        "what the camera does"));
    film.put("fit", new StringParameter(List.of("cover", "contain"), null,
        "how pictures come into the film's size: cut, or framed in the colour of their edge; without it framed where cutting would take more than half"));
    film.put("title", new StringParameter(List.of(), 80, null, "words on the film"));
    film.put("subtitle", new StringParameter(List.of(), 160, null, "smaller words below the title"));
    film.put("titleCard", new StringParameter(List.of("over", "before", "after"), null,
        "whether the words lie over the film, or on a card before or after it; without it over"));
    film.put("background", new StringParameter(List.of(), 16, null, "colour of the title card; without it #14202e"));
    film.put("sound", new StringParameter(List.of(), 600, null, "what is spoken over the film"));
    return Map.copyOf(film);
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.VIDEO;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    return PARAMETERS;
  }

  @Override
  public List<String> referencedFiles() {
    return List.of();
  }

  @Override
  public List<String> parts() {
    return List.of(imageModel);
  }

  @Override
  public List<String> optionalParts() {
    return voice == null ? List.of() : List.of(voice);
  }
}
