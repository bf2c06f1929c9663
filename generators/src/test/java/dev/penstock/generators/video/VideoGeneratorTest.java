package dev.penstock.generators.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Rejected;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.GenerationResult;
import dev.penstock.generators.Input;
import dev.penstock.generators.Priority;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.audio.Speaker;
import dev.penstock.generators.image.PreparedImage;
import dev.penstock.generators.image.OneShotImageGenerator;
import dev.penstock.generators.image.diffusion.DiffusionGenerator;
import dev.penstock.generators.image.diffusion.PreparedDiffusion;
import dev.penstock.generators.media.sound.Sound;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ModelFolder;
import dev.penstock.generators.models.ModelManifest;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.text.MiniLmEmbedder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Specified: films of the bundled image models, one that makes a picture in one run and one that denoises it. A film's
/// bytes depend on its request alone; what cannot be made is refused before a picture is drawn.
class VideoGeneratorTest {

  private static final Path MODELS = Path.of(System.getenv("PENSTOCK_HOME"), "models");

  @TempDir private static Path place;
  private static MiniLmEmbedder embedder;
  private static ModelFolder clothes;
  private static VideoGenerator<PreparedImage, float[]> film;
  private static boolean voiceClosed;

  /// Says the same for every text: a quarter of a second a letter, of which the pitch is the seed's.
  private static final class Hummer implements Speaker {
    @Override
    public Sound speak(String text, long seed) {
      float[] samples = new float[text.length() * 4_000];
      for (int i = 0; i < samples.length; i++) samples[i] = (float) Math.sin(i * (0.05 + (seed & 7) / 100.0));
      return new Sound(samples, 16_000);
    }

    @Override
    public void close() {
      voiceClosed = true;
    }
  }

  @BeforeAll
  static void load() throws Exception {
    embedder = MiniLmEmbedder.open();
    clothes = manifest("clothes-film", "fashion-cvae", "size: 56", "class: {type: string}");
    ModelFolder images = clothes.part("fashion-cvae");
    film =
        new VideoGenerator<>(
            clothes.manifest(), OneShotImageGenerator.open(images, embedder), images.manifest(), new Hummer());
  }

  @AfterAll
  static void close() throws Exception {
    film.close();
    embedder.close();
    assertThat(voiceClosed).isTrue();
  }

  private static ModelFolder manifest(String name, String imageModel, String imageParameters, String parameters)
      throws Exception {
    Files.createDirectories(place.resolve(name));
    Files.writeString(
        place.resolve(name).resolve(ModelManifest.FILE_NAME),
        """
        name: %s
        version: "1.0.0"
        family: video
        modality: video
        licence: Apache-2.0
        source: test
        description: "For tests."
        files: {}
        parameters: {%s}
        video:
          imageModel: %s
          imageParameters: {%s}
        """.formatted(name, parameters, imageModel, imageParameters));
    return new ModelRepository(List.of(place, MODELS)).find(name);
  }

  private static GenerationRequest request(ModelFolder model, String brief, String parameters, long seed) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String pair : parameters.split(";")) given.put(pair.split("=")[0].strip(), pair.split("=")[1].strip());
    return new GenerationRequest(
        "f" + seed, "t", new Input.Text(brief), model.manifest().parameters().validate(given), seed, 0, 1,
        Priority.NORMAL, null);
  }

  private static <P, D> Map<GenerationRequest, GenerationResult> make(
      VideoGenerator<P, D> generator, List<GenerationRequest> requests) throws Exception {
    Map<Long, GenerationRequest> active = new HashMap<>();
    Map<GenerationRequest, PreparedFilm<P>> prepared = new HashMap<>();
    Stepper<PreparedFilm<P>, List<D>> stepper = generator.stepper();
    for (GenerationRequest request : requests) {
      prepared.put(request, generator.prepare(request));
      active.put((long) active.size(), request);
      stepper.admit(active.size() - 1, prepared.get(request));
    }
    Map<GenerationRequest, GenerationResult> results = new HashMap<>();
    while (results.size() < requests.size())
      for (Stepper.Ended<List<D>> end : stepper.step()) {
        assertThat(end).isInstanceOf(Stepper.Ended.Finished.class);
        if (end instanceof Stepper.Ended.Finished<List<D>>(long execution, List<D> draft, _)) {
          GenerationRequest request = active.get(execution);
          results.put(request, generator.complete(request, prepared.get(request), draft));
        }
      }
    return results;
  }

  private static final String SMALL = "frames=6;adSize=48x48;keyframes=2;between=1;fps=12";

  @Test
  void makesTheSameFilmAloneAndAmongOthers() throws Exception {
    GenerationRequest first = request(clothes, "a sneaker", SMALL + ";title=Run", 1);
    GenerationRequest second = request(clothes, "a coat", SMALL + ";format=gif;move=pan-left", 2);
    GenerationRequest third = request(clothes, "a bag", SMALL + ";format=mp4;keyframes=3", 3);
    Map<GenerationRequest, GenerationResult> together = make(film, List.of(first, second, third));
    for (GenerationRequest each : List.of(third, first, second))
      assertThat(make(film, List.of(each)).get(each).body()).isEqualTo(together.get(each).body());
    assertThat(together.get(first).mediaType()).isEqualTo("video/webm");
    assertThat(together.get(second).mediaType()).isEqualTo("image/gif");
    assertThat(together.get(third).mediaType()).isEqualTo("video/mp4");
    assertThat(together.get(first).usage().pixels()).isEqualTo(6 * 48 * 48);
    assertThat(together.get(first).scores()).containsKey("classMatch");
  }

  @Test
  void makesAnotherFilmOfAnotherSeed() throws Exception {
    GenerationRequest one = request(clothes, "a sneaker", SMALL, 1);
    GenerationRequest other = request(clothes, "a sneaker", SMALL, 2);
    Map<GenerationRequest, GenerationResult> made = make(film, List.of(one, other));
    assertThat(made.get(one).body()).isNotEqualTo(made.get(other).body());
  }

  @Test
  void lastsAsLongAsItsSound() throws Exception {
    GenerationRequest spoken = request(clothes, "a sneaker", SMALL + ";sound=Hello", 1);
    PreparedFilm<PreparedImage> prepared = film.prepare(spoken);
    assertThat(prepared.frames()).as("5 letters of 0.25 s at 12 frames a second").isEqualTo(15);
    assertThat(make(film, List.of(spoken)).get(spoken).body().length).isPositive();
  }

  @Test
  void handsParametersThatAreNotItsOwnToTheImageModel() throws Exception {
    PreparedFilm<PreparedImage> coat = film.prepare(request(clothes, "a sneaker", SMALL + ";class=coat", 1));
    PreparedFilm<PreparedImage> sneaker = film.prepare(request(clothes, "a sneaker", SMALL, 1));
    assertThat(coat.shots().getFirst().picture().labels()).isNotEqualTo(sneaker.shots().getFirst().picture().labels());
    assertThatThrownBy(() -> film.prepare(request(clothes, "a sneaker", SMALL + ";class=hat", 1)))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("names no class of this model");
  }

  @Test
  void sharesNoiseAmongDenoisedKeyframesAsFarAsVariationSays() throws Exception {
    ModelFolder folder = new ModelRepository(List.of(MODELS)).find("product-film");
    ModelFolder images = folder.part("product-diffusion");
    VideoGenerator<PreparedDiffusion, float[]> products =
        new VideoGenerator<>(folder.manifest(), DiffusionGenerator.open(images, embedder), images.manifest(), null);
    try {
      GenerationRequest request = request(folder, "a red mug", SMALL + ";steps=2;variation=0.2", 1);
      List<PreparedFilm.Shot<PreparedDiffusion>> shots = products.prepare(request).shots();
      assertThat(shots).hasSize(4);
      assertThat(correlation(shots.get(0).picture().noise(), shots.get(2).picture().noise())).isBetween(0.9, 0.99);
      assertThat(correlation(shots.get(0).picture().noise(), shots.get(1).picture().noise())).isGreaterThan(0.97);
      byte[] made = make(products, List.of(request)).get(request).body();
      assertThat(make(products, List.of(request)).get(request).body()).isEqualTo(made);
      assertThatThrownBy(() -> products.prepare(request(folder, "a red mug", SMALL + ";sound=Hello", 1)))
          .hasMessageStartingWith("The parameter sound needs ");
    } finally {
      products.close();
    }
  }

  private static double correlation(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "frames=400;adSize=story | The film would have 400 frames of 1080 x 1920 pixels; at most 100 of this size are allowed.",
    "adSize=12000x9000       | The parameter adSize asks for 12000 x 9000 pixels; 16 to 4096 a side are allowed.",
    "adSize=cinema           | The parameter adSize names no size; allowed are ",
    "adSize=301x250          | The parameter adSize asks for 301 x 250 pixels; a film needs even sides.",
    "keyframes=8;between=15  | The parameters keyframes and between ask for 128 pictures; at most 64 are allowed.",
    "format=gif;sound=Hello  | The parameter sound is for films; a gif has none, so set format to webm or mp4.",
    "subtitle=small          | The parameter subtitle goes with a title; set title as well.",
    "title=A;background=#000000 | The parameter background is the colour of a title card; set titleCard to before or after.",
  })
  void refusesWhatCannotBe(String parameters, String sentence) {
    assertThatThrownBy(() -> film.prepare(request(clothes, "a sneaker", parameters, 1)))
        .isInstanceOf(GenerationException.Rejected.class)
        .hasMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "move=roll   | Parameter move is 'roll'; one of none, zoom-in, zoom-out, breathe, pan-left, pan-right, pan-up, pan-down is allowed.",
    "frames=9000 | Parameter frames is '9000'; a whole number from 2 to 480 is allowed.",
    "fps=0       | Parameter fps is '0'; a whole number from 1 to 60 is allowed.",
    "format=avi  | Parameter format is 'avi'; one of webm, mp4, gif is allowed.",
  })
  void refusesUnknownWordsWhenAPromptIsAdmitted(String parameters, String sentence) {
    assertThatThrownBy(() -> request(clothes, "a sneaker", parameters, 1)).hasMessage(sentence);
  }

  @Test
  void refusesManifestsThatDoNotGoTogether() throws Exception {
    ModelFolder odd = manifest("odd-film", "fashion-cvae", "size: 56", "steps: {type: integer, minimum: 1, maximum: 9}");
    ModelFolder wrong = manifest("wrong-film", "fashion-cvae", "size: 5", "");
    ModelFolder words = manifest("words-film", "tiny-copywriter", "", "");
    assertRefused(odd, "fashion-cvae", "parameters.steps of odd-film is neither a film's nor one of fashion-cvae.");
    assertRefused(wrong, "fashion-cvae", "video.imageParameters of wrong-film: Parameter size is '5'; ");
    assertRefused(words, "tiny-copywriter", "video.imageModel of words-film is tiny-copywriter, which makes text; ");
  }

  private static void assertRefused(ModelFolder folder, String part, String sentence) {
    ModelManifest images = folder.part(part).manifest();
    assertThatThrownBy(
            () -> new VideoGenerator<>(folder.manifest(), OneShotImageGenerator.open(clothes.part("fashion-cvae"), embedder), images, null))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(sentence);
  }
}
