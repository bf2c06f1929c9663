package dev.penstock.generatorstream.admit;

import dev.penstock.generators.Priority;
import dev.penstock.generators.models.InvalidParameterException;
import dev.penstock.generators.models.PictureUse;
import dev.penstock.generatorstream.admit.Refusal.Refused;
import dev.penstock.generatorstream.prompt.AdmittedPrompt;
import dev.penstock.generatorstream.prompt.FilledTemplate;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.ServedModels;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.generatorstream.templates.PromptTemplates;
import dev.penstock.generatorstream.templates.TemplateRefusal;
import dev.penstock.schemas.Ids;
import dev.penstock.schemas.Modality;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.FramingException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// Decides what may enter: decodes, validates and pins. Every refusal is a sentence that says how to mend it.
/// Threads may share one.
public final class Admission {

  private final AvroDeserializer<PromptRequested> deserializer;
  private final ServedModels models;
  private final PromptTemplates templates;
  private final Limits limits;

  public Admission(
      AvroDeserializer<PromptRequested> deserializer, ServedModels models, PromptTemplates templates, Limits limits) {
    this.deserializer = deserializer;
    this.models = models;
    this.templates = templates;
    this.limits = limits;
  }

  /// @throws Refused if the record does not enter
  AdmittedPrompt admit(SourceRecord source, long nowMillis) throws Refused {
    requireSize(source);
    PromptRequested request = decode(source);
    identity(request);
    place(source, request);
    text(request);
    FilledTemplate template = template(request);
    ServedModel model = model(request);
    picture(request, model);
    counts(request, model);
    Map<String, Object> parameters = parameters(request, model);
    long deadline = deadline(source, request, nowMillis);
    return pinned(source, request, model, parameters, deadline, template);
  }

  /// The same prompt again, when its entry is read back from the inbox: the checks passed once, the pins are in the
  /// entry.
  ///
  /// @throws FramingException if the stored bytes cannot be read any more
  /// @throws InvalidParameterException if the pinned model does not take the parameters
  public AdmittedPrompt readmit(
      SourceRecord source,
      ServedModel model,
      long seed,
      Priority priority,
      long deadlineMillis,
      @Nullable FilledTemplate template) {
    PromptRequested request = request(source);
    Map<String, Object> parameters = model.manifest().parameters().validate(request.getParameters());
    return new AdmittedPrompt(
        source, request, model, parameters, Ids.hash(request.getPromptId()), seed, priority, deadlineMillis, template);
  }

  /// What a record that was admitted asks for, without any check.
  ///
  /// @throws FramingException if the bytes cannot be read any more
  public PromptRequested request(SourceRecord source) {
    return deserializer.deserialize(valueOf(source));
  }

  private static byte[] valueOf(SourceRecord source) {
    byte[] value = source.value();
    if (value == null)
      throw new FramingException("EMPTY_VALUE", "the record has no value; a prompt is a framed Avro record");
    return value;
  }

  /// A batch that the topic takes may be many times larger uncompressed, and everything that is written of a prompt has
  /// to fit into records again.
  private void requireSize(SourceRecord source) throws Refused {
    long size = source.size();
    int headers = 0;
    int count = 0;
    for (Header header : source.headers()) {
      count++;
      headers += SourceRecord.size(header);
    }
    size += headers;
    if (size <= limits.maxRecordBytes() && headers <= limits.maxHeaderBytes() && count <= limits.maxHeaders()) return;
    String sentence =
        "key, value and headers have at least %,d bytes, the %,d headers alone %,d; allowed are at most %,d, and %,d headers with %,d"
            .formatted(
                size, count, headers, limits.maxRecordBytes(), limits.maxHeaders(), limits.maxHeaderBytes());
    throw new Refused(new Refusal(Outcome.REJECTED, "RECORD_TOO_LARGE", sentence, null, null));
  }

  private PromptRequested decode(SourceRecord source) throws Refused {
    try {
      return deserializer.deserialize(valueOf(source));
    } catch (FramingException e) {
      throw new Refused(new Refusal(Outcome.DEAD_LETTERED, e.reason(), e.getMessage(), null, e));
    }
  }

  private void identity(PromptRequested request) throws Refused {
    String id = request.getPromptId();
    if (id == null || id.isBlank())
      throw rejected(request, "MISSING_ID", "the prompt has no promptId; set one that is unique, such as a UUIDv7");
    requireName(request, "promptId", id);
    requireName(request, "tenant", request.getTenant());
    if (request.getCampaign() != null) requireName(request, "campaign", request.getCampaign());
    if (request.getOrderKey() != null) requireName(request, "orderKey", request.getOrderKey());
    if (request.getRerollOf() != null) requireName(request, "rerollOf", request.getRerollOf());
    String replayOf = request.getReplayOf();
    if (replayOf != null && replayOf.length() > limits.maxPositionCharacters())
      throw rejected(
          request,
          "INVALID_NAME",
          "replayOf has %d characters; a position such as penstock.prompts.v1-3@17 has at most %d"
              .formatted(replayOf.length(), limits.maxPositionCharacters()));
  }

  private void requireName(PromptRequested request, String field, String value) throws Refused {
    if (value.isBlank() || value.length() > limits.maxIdCharacters() || hasControlCharacters(value))
      throw rejected(
          request,
          "INVALID_NAME",
          "%s has %d characters or holds control characters; allowed are 1 to %d printable characters"
              .formatted(field, value.length(), limits.maxIdCharacters()));
  }

  private static boolean hasControlCharacters(String value) {
    for (int i = 0; i < value.length(); i++) if (value.charAt(i) < 0x20 || value.charAt(i) == 0x7f) return true;
    return false;
  }

  private void place(SourceRecord source, PromptRequested request) throws Refused {
    byte[] expected = PromptKey.of(request.getPromptId(), request.getOrderKey());
    if (!Arrays.equals(source.key(), expected))
      throw rejected(
          request,
          "KEY_MISMATCH",
          "the record key is not the %s as UTF-8; set the key to it so that everything about one prompt meets"
              .formatted(request.getOrderKey() != null ? "orderKey" : "promptId"));
    int partition = PromptKey.partition(expected, limits.partitions());
    if (partition != source.partition())
      throw rejected(
          request,
          "WRONG_PARTITION",
          "the record is in partition %d, its key belongs to partition %d of %d; use murmur2 partitioning (librdkafka: partitioner=murmur2_random)"
              .formatted(source.partition(), partition, limits.partitions()));
  }

  private void text(PromptRequested request) throws Refused {
    int given =
        (request.getText() != null ? 1 : 0)
            + (request.getMessages() != null ? 1 : 0)
            + (request.getTemplate() != null ? 1 : 0);
    boolean onlyPicture = given == 0 && request.getPicture() != null;
    if (given != 1 && !onlyPicture)
      throw rejected(
          request, "NO_SINGLE_INPUT", "%d of text, messages and template are set; set exactly one".formatted(given));
    if (request.getTemplate() != null) return;
    if (!request.getVariables().isEmpty())
      throw rejected(request, "NO_TEMPLATE", "variables are set, and no template that takes them; name one");
    if (onlyPicture) return;
    int characters = request.getText() != null ? request.getText().length() : messages(request);
    if (characters > limits.maxTextCharacters())
      throw rejected(
          request,
          "TEXT_TOO_LONG",
          "the prompt has %d characters; allowed are at most %d".formatted(characters, limits.maxTextCharacters()));
    if (request.getText() != null && request.getText().isBlank())
      throw rejected(request, "EMPTY_TEXT", "the prompt's text is empty; say what is wanted");
  }

  private @Nullable FilledTemplate template(PromptRequested request) throws Refused {
    if (request.getTemplate() == null) return null;
    try {
      return templates.named(request.getTemplate()).fill(request.getVariables());
    } catch (TemplateRefusal e) {
      throw rejected(request, e.reason(), e.sentence());
    }
  }

  private int messages(PromptRequested request) throws Refused {
    var messages = request.getMessages();
    if (messages.isEmpty() || messages.size() > limits.maxMessages())
      throw rejected(
          request,
          "MESSAGES_OUT_OF_RANGE",
          "the conversation has %d messages; allowed are 1 to %d".formatted(messages.size(), limits.maxMessages()));
    int characters = 0;
    for (var message : messages) {
      if (!List.of("system", "user", "assistant").contains(message.getRole()))
        throw rejected(
            request, "UNKNOWN_ROLE", "a message has an unknown role; allowed are system, user and assistant");
      characters += message.getContent().length();
    }
    if (messages.stream().allMatch(m -> m.getContent().isBlank()))
      throw rejected(request, "EMPTY_TEXT", "all messages are empty; say what is wanted");
    return characters;
  }

  private ServedModel model(PromptRequested request) throws Refused {
    Modality modality = request.getModality();
    if (request.getModel() == null) {
      Modality wanted = modality == Modality.UNKNOWN ? Modality.TEXT : modality;
      return models
          .defaultOf(wanted)
          .orElseThrow(
              () ->
                  rejected(
                      request,
                      "NO_MODEL_FOR_MODALITY",
                      "no model here makes %s; served are %s".formatted(wanted, models.names())));
    }
    ServedModel model =
        models
            .named(request.getModel())
            .orElseThrow(
                () ->
                    rejected(
                        request, "UNKNOWN_MODEL", "the model is not served here; served are " + models.names()));
    if (modality != Modality.UNKNOWN && !ServedModels.makes(model, modality))
      throw rejected(
          request,
          "MODALITY_MISMATCH",
          "%s makes %s, the prompt wants %s".formatted(model.reference(), model.manifest().modality(), modality));
    return model;
  }

  private void picture(PromptRequested request, ServedModel model) throws Refused {
    PictureUse use = model.manifest().section().pictureUse();
    ByteBuffer picture = request.getPicture();
    if (picture == null) {
      if (use == PictureUse.REQUIRED)
        throw rejected(
            request,
            "PICTURE_MISSING",
            "%s works on a picture, and the prompt has none; set picture to a PNG or JPEG".formatted(model.reference()));
      return;
    }
    if (use == PictureUse.NONE)
      throw rejected(
          request, "PICTURE_NOT_TAKEN", "%s takes no picture; send the prompt without one".formatted(model.reference()));
    if (picture.remaining() > limits.maxPictureBytes())
      throw rejected(
          request,
          "PICTURE_TOO_LARGE",
          "the picture has %,d bytes; allowed are at most %,d".formatted(picture.remaining(), limits.maxPictureBytes()));
  }

  private void counts(PromptRequested request, ServedModel model) throws Refused {
    requireRange(request, "variants", request.getVariants(), limits.maxVariants());
    requireRange(request, "candidates", request.getCandidates(), model.maxCandidates());
  }

  private static void requireRange(PromptRequested request, String field, int value, int maximum) throws Refused {
    if (value < 1 || value > maximum)
      throw rejected(
          request,
          field.toUpperCase(java.util.Locale.ROOT) + "_OUT_OF_RANGE",
          "%s is %d; allowed are 1 to %d".formatted(field, value, maximum));
  }

  private static Map<String, Object> parameters(PromptRequested request, ServedModel model) throws Refused {
    try {
      return model.manifest().parameters().validate(request.getParameters());
    } catch (InvalidParameterException e) {
      throw rejected(request, "INVALID_PARAMETER", e.getMessage());
    }
  }

  private static long deadline(SourceRecord source, PromptRequested request, long nowMillis) throws Refused {
    Instant absolute = request.getDeadline();
    Long ttl = request.getTtlMs();
    if (ttl != null && ttl <= 0)
      throw rejected(request, "TTL_OUT_OF_RANGE", "ttlMs is %d; allowed is at least 1".formatted(ttl));
    long deadline = absolute == null ? Long.MAX_VALUE : absolute.toEpochMilli();
    if (ttl != null) deadline = Math.min(deadline, saturatedSum(source.timestampMillis(), ttl));
    if (deadline <= nowMillis)
      throw new Refused(
          new Refusal(
              Outcome.EXPIRED,
              "EXPIRED",
              "the deadline passed %d ms before the prompt was read".formatted(nowMillis - deadline),
              request,
              null));
    return deadline;
  }

  private static long saturatedSum(long a, long b) {
    return b > Long.MAX_VALUE - a ? Long.MAX_VALUE : a + b;
  }

  private static AdmittedPrompt pinned(
      SourceRecord source,
      PromptRequested request,
      ServedModel model,
      Map<String, Object> parameters,
      long deadline,
      @Nullable FilledTemplate template) {
    long idHash = Ids.hash(request.getPromptId());
    Long seed = request.getSeed();
    return new AdmittedPrompt(
        source,
        request,
        model,
        parameters,
        idHash,
        seed != null ? seed : idHash,
        switch (request.getPriority()) {
          case URGENT -> Priority.URGENT;
          case NORMAL -> Priority.NORMAL;
          case BULK -> Priority.BULK;
        },
        deadline,
        template);
  }

  private static Refused rejected(PromptRequested request, String reason, String sentence) {
    return new Refused(Refusal.rejected(request, reason, sentence));
  }
}
