package dev.penstock.bench.evaluation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the README says of the models of pictures is what the runs in `docs/evidence/evaluate-*.json` found.
class ReadmeFiguresTest {

  private static final Path HOME = Path.of("..");

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      fashion-gan | seen in %.2f, against %.2f of real pictures and %.2f of `fashion-cvae`'s | accuracy accuracy_real accuracy_vae
      fashion-gan | by Fréchet distance (%.1f, %.1f), more of their kinds (recall %.2f, %.2f) | frechet frechet_vae recall recall_vae
      product-dcgan | seen in %.2f of 1,000, its colour in %.2f; recall %.2f, against %.2f of drawn ones | seen_object seen_colour recall recall_real
      product-vq | right on %.2f of 1,000 captions, %.2f of pairs never trained | seen_object_colour_background held_out_object_colour_background
      product-diffusion | right on %.2f of 1,000 captions, %.2f of pairs never trained, %.2f of phrasings never trained | seen_object_colour_background held_out_object_colour_background paraphrase_object_colour_background
      product-latent-diffusion | right on %.2f of 1,000 captions, %.2f of pairs never trained, %.2f of phrasings never trained | seen_object_colour_background held_out_object_colour_background paraphrase_object_colour_background
      """)
  void saysWhatTheLastEvaluationFound(String model, String words, String figures) throws IOException {
    JsonNode found = new ObjectMapper().readTree(HOME.resolve("docs/evidence/evaluate-" + model + ".json").toFile());
    Object[] values = Arrays.stream(figures.split(" ")).map(figure -> (Object) found.required(figure).asDouble()).toArray();
    String row = Files.readAllLines(HOME.resolve("README.md")).stream().filter(line -> line.startsWith("| `" + model + "` |")).findFirst().orElseThrow();
    assertThat(row).contains(String.format(Locale.ROOT, words, values));
  }
}
