package dev.penstock.generators.text.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.generators.text.template.render.Rendering;
import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.generators.text.template.syntax.TemplateLimits;
import dev.penstock.generators.text.template.syntax.TemplateParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One stored case: what Jinja2 in Python, set up as Transformers sets it up, makes of a template. Where
/// `@huggingface/jinja` makes something else of it, its answer is stored beside. `src/test/js` generates the cases.
///
/// @param group which feature the case belongs to
/// @param name which conversation the case renders
/// @param expected the text, or null if the peer fails
/// @param refused the peer's error, or null if it gives a text
record PeerCase(
    @Nullable String group,
    @Nullable String name,
    @Nullable String source,
    Map<String, Object> variables,
    @Nullable String expected,
    @Nullable String refused,
    @JsonProperty("peerDiffers") @Nullable JsonNode peerDiffers) {
  private static final String FOLDER = "/chat-templates/";
  private static final String RAISED = "TemplateError: ";

  /// The time at which the peers stood still.
  static final LocalDateTime NOW = LocalDateTime.of(2026, 2, 3, 4, 5, 6);

  record File(Map<String, String> origin, List<PeerCase> cases) {}

  static List<PeerCase> read(String name) {
    try (InputStream json = PeerCase.class.getResourceAsStream(FOLDER + name)) {
      return new ObjectMapper().readValue(json, File.class).cases();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String template(String name) {
    try (InputStream text = PeerCase.class.getResourceAsStream(FOLDER + name)) {
      return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the template raised with `raise_exception`, or null.
  @Nullable String raised() {
    return refused != null && refused.startsWith(RAISED) ? refused.substring(RAISED.length()) : null;
  }

  /// What we make of `template` with this case's variables: a text, or the exception.
  Outcome outcome(String template) {
    try {
      return new Outcome(
          Rendering.render(
              TemplateParser.parse(template, TemplateLimits.DEFAULT), variables, NOW, TemplateLimits.DEFAULT),
          null);
    } catch (TemplateException e) {
      return new Outcome(null, e);
    }
  }

  record Outcome(@Nullable String text, @Nullable TemplateException error) {}
}
