package dev.penstock.bench.evaluation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tables in `docs/evaluation.md` say what the runs in `docs/evidence/evaluate-*.json` found. `-Dpenstock.regenerate=true`
/// writes them instead.
class EvaluationDocumentTest {

  private static final Path PAGE = Path.of("..", "docs", "evaluation.md");
  private static final Path EVIDENCE = Path.of("..", "docs", "evidence");

  @Test
  void thePageHasTodaysFigures() throws IOException {
    String page = Files.readString(PAGE);
    String written = page;
    for (var table : EvidenceTables.of(EVIDENCE).byMark().entrySet()) written = with(written, table.getKey(), table.getValue());
    if (Boolean.getBoolean("penstock.regenerate")) Files.writeString(PAGE, written);
    else assertThat(page).as("run with -Dpenstock.regenerate=true").isEqualTo(written);
  }

  private static String with(String page, String mark, String table) {
    String begin = "<!-- " + mark + " -->\n";
    assertThat(page).contains(begin);
    int from = page.indexOf(begin) + begin.length();
    return page.substring(0, from) + table + page.substring(page.indexOf("<!-- end -->", from));
  }

  @Test
  void anAimIsReachedOrNotByTheFigureThatItNames(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("evaluate-fashion-gan.json"),
        """
        {"model": "fashion-gan 9.0.0, digest 00", "judge": "fashion 1.0.0, sha256 00", "samples": 2000.0, "side": 28.0,
         "accuracy": 0.88, "accuracy_low": 0.87, "accuracy_high": 0.89, "accuracy_real": 0.924, "recall": 0.4999,
         "frechet": 9.0, "frechet_gaussian": 30.0, "frechet_vae": 9.0}
        """);

    Map<String, String> tables = EvidenceTables.of(folder).byMark();

    assertThat(tables.get("aims").lines().skip(2)).containsExactly(
        "| GAN | `fashion-gan 9.0.0` | class seen, real less 0.05: at least 0.874 | 0.880 (0.870 to 0.890) | yes |",
        "| GAN | `fashion-gan 9.0.0` | recall: at least 0.500 | 0.500 | no |",
        "| GAN | `fashion-gan 9.0.0` | Fréchet distance, the Gaussian's: below 30.0 | 9.0 | yes |",
        "| GAN | `fashion-gan 9.0.0` | Fréchet distance, the VAE's: below 9.0 | 9.0 | no |");
    assertThat(tables.get("pictures")).contains("| `fashion-gan 9.0.0` | fashion 1.0.0 | 2,000 of 28 px | 0.880 (0.870 to 0.890) | 0.500 |");
  }
}
