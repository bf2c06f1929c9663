package dev.penstock.generatorstream.templates;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.penstock.generators.models.InvalidModelException;
import dev.penstock.generators.models.ParameterSpec;
import dev.penstock.generators.text.template.ChatTemplate;
import dev.penstock.generators.text.template.syntax.TemplateException;
import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A template as it lies in a file. Exactly one of `text` and `messages` is there.
record TemplateFile(
    @Nullable String name,
    @Nullable Integer version,
    @Nullable String description,
    @Nullable Map<String, Variable> variables,
    @Nullable String text,
    @Nullable List<Message> messages) {

  private static final long MAX_BYTES = 256 << 10;
  private static final int MAX_VARIABLE_LENGTH = 2_000;
  private static final Set<String> ROLES = Set.of("system", "user", "assistant");

  /// What every template may use beside its variables.
  private static final Set<String> FUNCTIONS = Set.of("range", "dict", "namespace", "raise_exception");

  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  record Message(String role, String content) {
    @JsonCreator
    Message(
        @JsonProperty(value = "role", required = true) String role,
        @JsonProperty(value = "content", required = true) String content) {
      this.role = role;
      this.content = content;
    }
  }

  /// Values of a default are texts here; the type reads them.
  record Variable(
      @Nullable String type,
      @Nullable Boolean required,
      @Nullable Integer maxLength,
      @JsonProperty("default") @Nullable JsonNode otherwise,
      @Nullable Double minimum,
      @Nullable Double maximum,
      @Nullable List<String> choices,
      @Nullable String description) {

    TemplateVariable named(String name) {
      if (!name.matches("[a-z][a-zA-Z0-9_]{0,63}") || Set.of("messages", "tools", "documents").contains(name))
        throw wrong(name, "is no name for a variable; allowed are letters, digits and _, beginning with a small letter");
      if (Boolean.TRUE.equals(required) && otherwise != null)
        throw wrong(name, "is required and has a default; leave one of the two away");
      boolean isRequired = required == null ? otherwise == null : required;
      return new TemplateVariable(name, spec(name), isRequired);
    }

    private ParameterSpec spec(String name) {
      int longest = maxLength == null ? MAX_VARIABLE_LENGTH : maxLength;
      if (longest < 1 || longest > MAX_VARIABLE_LENGTH)
        throw wrong(name, "has maxLength %d; allowed are 1 to %d".formatted(longest, MAX_VARIABLE_LENGTH));
      String words = description == null ? "" : description;
      String fallback = otherwise == null || otherwise.isNull() ? null : otherwise.asText();
      ParameterSpec open =
          switch (type == null ? "string" : type) {
            case "string" ->
                new ParameterSpec.StringParameter(choices == null ? List.of() : choices, longest, null, words);
            case "number" -> new ParameterSpec.NumberParameter(lowest(-1e15), highest(1e15), null, words);
            case "integer" ->
                new ParameterSpec.IntegerParameter((long) lowest(-1e15), (long) highest(1e15), null, words);
            case "boolean" -> new ParameterSpec.BooleanParameter(null, words);
            default -> throw wrong(name, "has type '%s'; allowed are string, number, integer, boolean".formatted(type));
          };
      Object value = fallback == null ? null : open.parse(fallback);
      if (fallback != null && value == null)
        throw wrong(name, "has the default '%s'; allowed is %s".formatted(fallback, open.allowed()));
      return switch (open) {
        case ParameterSpec.StringParameter s ->
            new ParameterSpec.StringParameter(s.choices(), s.maxLength(), (String) value, words);
        case ParameterSpec.NumberParameter n ->
            new ParameterSpec.NumberParameter(n.minimum(), n.maximum(), (Double) value, words);
        case ParameterSpec.IntegerParameter n ->
            new ParameterSpec.IntegerParameter(n.minimum(), n.maximum(), (Long) value, words);
        case ParameterSpec.BooleanParameter b -> new ParameterSpec.BooleanParameter((Boolean) value, words);
      };
    }

    private double lowest(double otherwise) {
      return minimum == null ? otherwise : minimum;
    }

    private double highest(double otherwise) {
      return maximum == null ? otherwise : maximum;
    }

    private static UserError wrong(String name, String what) {
      return new UserError("the variable '%s' %s".formatted(name, what));
    }
  }

  /// @throws UserError naming the file and what is wrong in it
  static PromptTemplate read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES)
        throw new UserError("the file has %d bytes; allowed are %d".formatted(Files.size(file), MAX_BYTES));
      TemplateFile read = YAML.readValue(Files.readAllBytes(file), TemplateFile.class);
      if (read == null) throw new UserError("the file is empty");
      return read.template();
    } catch (UserError | InvalidModelException e) {
      throw new UserError("template %s: %s".formatted(file, e.getMessage()), e);
    } catch (JsonProcessingException e) {
      throw new UserError("template %s, line %d: %s".formatted(file, line(e), firstLine(e)), e);
    } catch (IOException e) {
      throw new UserError("template %s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  private static String firstLine(JsonProcessingException e) {
    String path = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
    String message = e.getOriginalMessage();
    int end = message.indexOf('\n');
    String first = (end < 0 ? message : message.substring(0, end)).replaceAll("\\(class [^)]*\\), ", "");
    return path.isEmpty() ? first : first.replaceAll(" \\(class [^)]*\\)", "");
  }

  private PromptTemplate template() {
    if (name == null || !name.matches("[a-z0-9][a-z0-9-]{0,63}"))
      throw new UserError("name is '%s'; allowed are small letters, digits and dashes".formatted(name));
    if (version == null || version < 1) throw new UserError("version is %s; allowed is a whole number from 1".formatted(version));
    if ((text == null) == (messages == null)) throw new UserError("text or messages must be there, and only one of them");
    Map<String, TemplateVariable> declared = new LinkedHashMap<>();
    if (variables != null) variables.forEach((name, variable) -> declared.put(name, variable.named(name)));
    List<PromptTemplate.Turn> turns = new ArrayList<>();
    if (text != null) turns.add(turn("", text, declared));
    else for (Message message : messages) turns.add(turn(role(message), message.content(), declared));
    if (turns.isEmpty()) throw new UserError("messages is empty; it needs at least one message");
    return new PromptTemplate(name, version, description == null ? "" : description, declared, turns);
  }

  private static String role(Message message) {
    if (!ROLES.contains(message.role()))
      throw new UserError("a message has the role '%s'; allowed are system, user and assistant".formatted(message.role()));
    return message.role();
  }

  private static PromptTemplate.Turn turn(String role, String text, Map<String, TemplateVariable> declared) {
    try {
      ChatTemplate parsed = ChatTemplate.parse(text, PromptTemplate.LIMITS);
      for (String name : parsed.freeNames())
        if (!declared.containsKey(name) && !FUNCTIONS.contains(name))
          throw new UserError(
              "the text uses %s, which is no variable of the template; declared are %s"
                  .formatted(name, declared.isEmpty() ? "none" : String.join(", ", declared.keySet())));
      return new PromptTemplate.Turn(role, parsed);
    } catch (TemplateException e) {
      throw new UserError("the text, %s: %s".formatted(e.position(), e.sentence()), e);
    }
  }
}
