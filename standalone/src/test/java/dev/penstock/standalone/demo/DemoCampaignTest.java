package dev.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import dev.penstock.schemas.Modality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The campaign that the demo sends: 16 slogans, best of 4, and 8 pictures; the seed of a row is its number.
class DemoCampaignTest {

  private static final Path EXAMPLE = Path.of(System.getenv("PENSTOCK_HOME"), "examples", "campaign.csv");

  @TempDir Path folder;

  @Test
  void hasSixteenSlogansAndEightPictures() {
    var prompts = DemoCampaign.read(List.of(EXAMPLE)).rows().stream().map(row -> row.prompt()).toList();

    assertThat(prompts).hasSize(24);
    for (int row = 1; row <= prompts.size(); row++) assertThat(prompts.get(row - 1).getSeed()).isEqualTo(row);
    assertThat(prompts.subList(0, 16))
        .allSatisfy(
            prompt -> {
              assertThat(prompt.getModality()).isEqualTo(Modality.TEXT);
              assertThat(prompt.getCandidates()).isEqualTo(4);
              assertThat(prompt.getText())
                  .matches("Write one short advertising slogan for ((a|an) .+|sunscreen)\\. The audience is .+\\.");
            });
    assertThat(prompts.subList(16, 24))
        .allSatisfy(prompt -> assertThat(prompt.getModality()).isEqualTo(Modality.IMAGE));
  }

  @Test
  void saysWhichRowIsWrong() throws IOException {
    Path file = Files.write(folder.resolve("c.csv"), List.of("text,seed", "a,1", "b,one"));

    assertThatThrownBy(() -> DemoCampaign.read(List.of(file)))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("c.csv line 3", "seed is 'one'");
  }
}
