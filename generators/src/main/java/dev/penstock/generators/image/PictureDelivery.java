package dev.penstock.generators.image;

import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.GenerationResult.FinishReason;
import dev.penstock.generators.GenerationResult.Timings;
import dev.penstock.generators.GenerationResult.Usage;
import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.Colour;
import dev.penstock.generators.media.picture.Fit;
import dev.penstock.generators.media.picture.PictureFormat;
import dev.penstock.generators.media.picture.PictureSize;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a prompt wants its finished picture: the parameters that every image model takes. Ask for it before a slot is
/// taken, so that what cannot be delivered is refused first, and again for the finished picture.
///
/// @param quality 1 to 100, of a JPEG or WebP
/// @param size null: as the model makes it
/// @param background `0xRRGGBB`
public record PictureDelivery(
    PictureFormat format, int quality, @Nullable PictureSize size, Fit fit, int background) {

  private static final int QUALITY = 90;
  private static final int WHITE = 0xFFFFFF;

  /// Reads the validated parameters `format`, `quality`, `adSize`, `fit` and `background`.
  ///
  /// @throws Rejected one sentence: which of them cannot be, or does not go with the others
  public static PictureDelivery of(Map<String, Object> parameters) throws Rejected {
    PictureFormat format = PictureFormat.of((String) parameters.getOrDefault("format", "png"));
    Long quality = (Long) parameters.get("quality");
    if (quality != null && format == PictureFormat.PNG)
      throw new Rejected("INVALID_PARAMETER", "The parameter quality is for jpeg and webp; set format, or leave quality out.");
    String adSize = (String) parameters.get("adSize");
    String fit = (String) parameters.get("fit");
    String background = (String) parameters.get("background");
    if (adSize == null && (fit != null || background != null))
      throw new Rejected(
          "INVALID_PARAMETER",
          "The parameter " + (fit == null ? "background" : "fit") + " says how a picture comes into a size; set adSize as well.");
    return new PictureDelivery(
        format,
        quality == null ? QUALITY : Math.toIntExact(quality),
        adSize == null ? null : PictureSize.parse("adSize", adSize),
        fit == null ? Fit.COVER : Fit.of(fit),
        background == null ? WHITE : Colour.parse("background", background));
  }

  /// The picture as a result, with the scores that every picture has ([PictureScores]).
  ///
  /// @param inputTokens how many tokens of the prompt the model read, 0 where it reads none
  public GenerationResult result(Picture picture, Map<String, Double> scores, int inputTokens) {
    int width = size == null ? picture.width() : size.width();
    int height = size == null ? picture.height() : size.height();
    Usage usage = new Usage(inputTokens, 0, (long) width * height, 0);
    return new GenerationResult(
        body(picture), format.mediaType(), List.of(), PictureScores.with(scores, picture), usage, FinishReason.STOP, Timings.NONE);
  }

  private byte[] body(Picture picture) {
    if (size == null) return format.encode(PngEncoder.raster(picture), quality);
    return format.encode(fit.into(Bitmap.of(PngEncoder.raster(picture)), size, background), quality);
  }
}
