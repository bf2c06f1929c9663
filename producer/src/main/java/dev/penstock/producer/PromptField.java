package dev.penstock.producer;

import dev.penstock.schemas.Modality;
import dev.penstock.schemas.Priority;
import dev.penstock.schemas.PromptRequested;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The fields of a prompt that a text can set: a column of a campaign file, a key of its JSON lines, an option of
/// the command line. They are spelled once, here.
public enum PromptField {
  PROMPT_ID("promptId", "1 to 128 printable characters", PromptRequested.Builder::setPromptId),
  TENANT("tenant", "1 to 128 printable characters", PromptRequested.Builder::setTenant),
  CAMPAIGN("campaign", "1 to 128 printable characters", PromptRequested.Builder::setCampaign),
  TEXT("text", "the prompt in words", PromptRequested.Builder::setText),
  TEMPLATE("template", "name or name@version of a template", PromptRequested.Builder::setTemplate),
  MODALITY("modality", "text, image, audio or video", (to, text) -> to.setModality(modality(text))),
  MODEL("model", "name or name@version", PromptRequested.Builder::setModel),
  SEED("seed", "a whole number of 64 bits", (to, text) -> to.setSeed(Long.parseLong(text))),
  VARIANTS("variants", "a whole number from 1", (to, text) -> to.setVariants(count(text))),
  CANDIDATES("candidates", "a whole number from 1", (to, text) -> to.setCandidates(count(text))),
  PRIORITY("priority", "urgent, normal or bulk", (to, text) -> to.setPriority(priority(text))),
  DEADLINE("deadline", "a time such as 2026-11-30T18:00:00+01:00", (to, text) -> to.setDeadline(instant(text))),
  TTL("ttl", "a time span such as 500ms, 30s, 5m or 2h", (to, text) -> to.setTtlMs(TimeSpan.parse(text).toMillis())),
  ORDER_KEY("orderKey", "1 to 128 printable characters", PromptRequested.Builder::setOrderKey),
  STREAM("stream", "true or false", (to, text) -> to.setStream(flag(text))),
  REROLL_OF("rerollOf", "the id of an earlier prompt", PromptRequested.Builder::setRerollOf),
  PICTURE("picture", "a PNG or JPEG in Base64", (to, text) -> to.setPicture(ByteBuffer.wrap(Base64.getDecoder().decode(text))));

  private static final int SHOWN = 200;

  /// A field with this prefix sets the parameter of the name behind it.
  public static final String PARAMETER_PREFIX = "param.";

  /// A field with this prefix sets the variable of the name behind it, for a template.
  public static final String VARIABLE_PREFIX = "var.";

  /// Puts a text into a prompt; throws IllegalArgumentException or DateTimeException if it is not allowed.
  @FunctionalInterface
  private interface Setter {
    void set(PromptRequested.Builder to, String text);
  }

  private final String fieldName;
  private final String allowed;
  private final Setter setter;

  PromptField(String fieldName, String allowed, Setter setter) {
    this.fieldName = fieldName;
    this.allowed = allowed;
    this.setter = setter;
  }

  /// As columns and keys spell it.
  public String fieldName() {
    return fieldName;
  }

  /// Its values, in words.
  public String allowed() {
    return allowed;
  }

  /// The field of this name; upper and lower case are the same.
  public static Optional<PromptField> named(String name) {
    return Arrays.stream(values()).filter(field -> field.fieldName.equalsIgnoreCase(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(PromptField::fieldName).toList();
  }

  /// @throws InvalidPromptException naming the field, the text and what is allowed
  void set(PromptRequested.Builder to, String text) {
    try {
      setter.set(to, text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidPromptException(List.of("%s is '%s', allowed is %s".formatted(fieldName, shortened(text), allowed)));
    }
  }

  private static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private static Modality modality(String text) {
    Modality modality = Modality.valueOf(text.toUpperCase(Locale.ROOT));
    if (modality == Modality.UNKNOWN) throw new IllegalArgumentException();
    return modality;
  }

  private static Priority priority(String text) {
    return Priority.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static int count(String text) {
    int count = Integer.parseInt(text);
    if (count < 1) throw new IllegalArgumentException();
    return count;
  }

  /// The contract keeps milliseconds.
  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }
}
