package dev.penstock.generators.models;

/// The section of a diffusion model, as [ManifestReader] finds it.
final class DiffusionSectionReader {

  private DiffusionSectionReader() {}

  static DiffusionSection diffusion(YamlSection section) {
    section.allow("graph", "sampleInput", "timestepInput", "textInput", "maskInput", "output", "textTokens", "channels",
        "height", "width", "outputRange", "prediction", "lastTimestep", "betas", "schedulers", "sharedTimestep", "textEncoder", "decoder",
        "encoder");
    return section.build(() -> new DiffusionSection(
        new DiffusionSection.Graph(section.text("graph"), section.text("sampleInput"), section.text("timestepInput"),
            section.has("sharedTimestep") && section.bool("sharedTimestep"), section.optionalText("textInput"),
            section.optionalText("maskInput"), section.text("output")),
        section.integer("textTokens", 2, DiffusionSection.MAX_TOKENS),
        section.integer("channels", 1, 64),
        section.integer("height", 8, DiffusionSection.MAX_SIDE),
        section.integer("width", 8, DiffusionSection.MAX_SIDE),
        ImageSectionReader.outputRange(section),
        section.choice("prediction", DiffusionSection.Prediction.values(), DiffusionSection.Prediction::word),
        section.number("lastTimestep"),
        section.has("betas") ? betas(section.section("betas")) : null,
        section.choices("schedulers", DiffusionSection.Scheduler.values(), DiffusionSection.Scheduler::word),
        section.has("textEncoder") ? textEncoder(section.section("textEncoder")) : null,
        section.has("decoder") ? decoder(section.section("decoder")) : null,
        section.has("encoder") ? encoder(section.section("encoder")) : null));
  }

  private static DiffusionSection.Betas betas(YamlSection section) {
    section.allow("form", "first", "last");
    return section.build(() -> new DiffusionSection.Betas(
        section.choice("form", DiffusionSection.Betas.Form.values(), DiffusionSection.Betas.Form::word),
        section.number("first"),
        section.number("last")));
  }

  private static DiffusionSection.TextEncoder textEncoder(YamlSection section) {
    section.allow("graph", "input", "output", "tokenizer", "width", "padding");
    return section.build(() -> new DiffusionSection.TextEncoder(section.text("graph"), section.text("input"),
        section.text("output"), section.text("tokenizer"), section.integer("width", 1, 8_192),
        section.wholeNumber("padding", 0, Integer.MAX_VALUE)));
  }

  private static DiffusionSection.Decoder decoder(YamlSection section) {
    section.allow("graph", "input", "output", "scaling", "shift", "height", "width");
    return section.build(() -> new DiffusionSection.Decoder(section.text("graph"), section.text("input"),
        section.text("output"), section.number("scaling"), section.number("shift"), section.integer("height", 8, 2_048),
        section.integer("width", 8, 2_048)));
  }

  private static DiffusionSection.Encoder encoder(YamlSection section) {
    section.allow("graph", "input", "output");
    return new DiffusionSection.Encoder(section.text("graph"), section.text("input"), section.text("output"));
  }
}
