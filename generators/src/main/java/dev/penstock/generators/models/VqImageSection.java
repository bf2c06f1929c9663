package dev.penstock.generators.models;

import dev.penstock.generators.models.OneShotImageSection.OutputRange;
import dev.penstock.generators.models.ParameterSpec.IntegerParameter;
import dev.penstock.generators.models.ParameterSpec.NumberParameter;
import java.util.List;
import java.util.Map;

/// A picture as a row of codes: a transformer, the prior, draws them one after the other as the words say, a decoder
/// makes the picture of them (van den Oord et al., "Neural discrete representation learning", 2017).
///
/// The prior's inputs: `code` int64 `[b]`, the code before ([#codes] in front of the first), `position` int64 `[b]`,
/// 0-based (rows may stand at different positions), `words` float32 `[b, textTokens, 384]` and `mask` float32
/// `[b, textTokens]` as of [DiffusionSection], `past` float32 `[b, cacheSize]`, whatever it keeps between steps, 0 in
/// front of the first. Its outputs: `logits` float32 `[b, codes]` and `present`, of the shape of `past`. The decoder
/// makes `image` float32 `[b, channels, height, width]` of `codes` int64 `[b, places]`.
///
/// @param prior       file name of the ONNX graph
/// @param decoder     file name of the ONNX graph
/// @param codes       how many different codes there are
/// @param places      codes of a picture
/// @param cacheSize   numbers that the prior keeps of a row
/// @param textTokens  how many word pieces the prior sees; a longer prompt is cut
/// @param outputRange values of the picture that mean black and full
public record VqImageSection(
    String prior, String decoder, int codes, int places, int cacheSize, int textTokens, OutputRange outputRange)
    implements FamilySection {

  static final int MAX_CODES = 65_536;
  static final int MAX_PLACES = 4_096;
  static final int MAX_CACHE = 1 << 24;

  public VqImageSection {
    Ranges.check("codes", codes, 2, MAX_CODES);
    Ranges.check("places", places, 1, MAX_PLACES);
    Ranges.check("cacheSize", cacheSize, 1, MAX_CACHE);
    Ranges.check("textTokens", textTokens, 2, DiffusionSection.MAX_TOKENS);
  }

  @Override
  public ModelFamily family() {
    return ModelFamily.VQ_IMAGE;
  }

  @Override
  public Map<String, ParameterSpec> commonParameters() {
    return PictureParameters.and(Map.of(
        "temperature", new NumberParameter(0, 2, 1.0, "how freely codes are drawn; 0 = always the likeliest"),
        "topK", new IntegerParameter(0, MAX_CODES, 0L, "only so many of the likeliest codes; 0 = all"),
        "guidance", new NumberParameter(1, 10, 1.0, "how strongly the words pull; 1 = no guidance")));
  }

  @Override
  public List<String> referencedFiles() {
    return List.of(prior, decoder);
  }
}
