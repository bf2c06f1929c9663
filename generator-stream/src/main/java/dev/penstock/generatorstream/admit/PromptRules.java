package dev.penstock.generatorstream.admit;

import dev.penstock.generators.models.PictureUse;
import dev.penstock.generatorstream.admit.Refusal.Refused;
import dev.penstock.generatorstream.prompt.ServedModel;
import dev.penstock.generatorstream.prompt.SourceRecord;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PromptKey;
import dev.penstock.schemas.PromptRequested;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a prompt may say of itself: names, key and partition, text, picture, counts, deadline. Every refusal is a sentence that
/// says how to mend it. Threads may share one.
record PromptRules(Limits limits) {

  void identity(PromptRequested request) throws Refused {
    String id = request.getPromptId();
    if (id == null || id.isBlank())
      throw Refused.rejected(request, "MISSING_ID", "the prompt has no promptId; set one that is unique, such as a UUIDv7");
    requireName(request, "promptId", id);
    requireName(request, "tenant", request.getTenant());
    if (request.getCampaign() != null) requireName(request, "campaign", request.getCampaign());
    if (request.getOrderKey() != null) requireName(request, "orderKey", request.getOrderKey());
    if (request.getRerollOf() != null) requireName(request, "rerollOf", request.getRerollOf());
    String replayOf = request.getReplayOf();
    if (replayOf != null && replayOf.length() > limits.maxPositionCharacters())
      throw Refused.rejected(
          request,
          "INVALID_NAME",
          "replayOf has %d characters; a position such as penstock.prompts.v1-3@17 has at most %d"
              .formatted(replayOf.length(), limits.maxPositionCharacters()));
  }

  private void requireName(PromptRequested request, String field, String value) throws Refused {
    if (value.isBlank() || value.length() > limits.maxIdCharacters() || hasControlCharacters(value))
      throw Refused.rejected(
          request,
          "INVALID_NAME",
          "%s has %d characters or holds control characters; allowed are 1 to %d printable characters"
              .formatted(field, value.length(), limits.maxIdCharacters()));
  }

  private static boolean hasControlCharacters(String value) {
    for (int i = 0; i < value.length(); i++) if (value.charAt(i) < 0x20 || value.charAt(i) == 0x7f) return true;
    return false;
  }

  void place(SourceRecord source, PromptRequested request) throws Refused {
    byte[] expected = PromptKey.of(request.getPromptId(), request.getOrderKey());
    if (!Arrays.equals(source.key(), expected))
      throw Refused.rejected(
          request,
          "KEY_MISMATCH",
          "the record key is not the %s as UTF-8; set the key to it so that everything about one prompt meets"
              .formatted(request.getOrderKey() != null ? "orderKey" : "promptId"));
    int partition = PromptKey.partition(expected, limits.partitions());
    if (partition != source.partition())
      throw Refused.rejected(
          request,
          "WRONG_PARTITION",
          "the record is in partition %d, its key belongs to partition %d of %d; use murmur2 partitioning (librdkafka: partitioner=murmur2_random)"
              .formatted(source.partition(), partition, limits.partitions()));
  }

  void text(PromptRequested request) throws Refused {
    int given =
        (request.getText() != null ? 1 : 0)
            + (request.getMessages() != null ? 1 : 0)
            + (request.getTemplate() != null ? 1 : 0);
    boolean onlyPicture = given == 0 && request.getPicture() != null;
    if (given != 1 && !onlyPicture)
      throw Refused.rejected(
          request, "NO_SINGLE_INPUT", "%d of text, messages and template are set; set exactly one".formatted(given));
    if (request.getTemplate() != null) return;
    if (!request.getVariables().isEmpty())
      throw Refused.rejected(request, "NO_TEMPLATE", "variables are set, and no template that takes them; name one");
    if (onlyPicture) return;
    int characters = request.getText() != null ? request.getText().length() : messages(request);
    if (characters > limits.maxTextCharacters())
      throw Refused.rejected(
          request,
          "TEXT_TOO_LONG",
          "the prompt has %d characters; allowed are at most %d".formatted(characters, limits.maxTextCharacters()));
    if (request.getText() != null && request.getText().isBlank())
      throw Refused.rejected(request, "EMPTY_TEXT", "the prompt's text is empty; say what is wanted");
  }

  private int messages(PromptRequested request) throws Refused {
    var messages = request.getMessages();
    if (messages.isEmpty() || messages.size() > limits.maxMessages())
      throw Refused.rejected(
          request,
          "MESSAGES_OUT_OF_RANGE",
          "the conversation has %d messages; allowed are 1 to %d".formatted(messages.size(), limits.maxMessages()));
    int characters = 0;
    for (var message : messages) {
      if (!List.of("system", "user", "assistant").contains(message.getRole()))
        throw Refused.rejected(
            request, "UNKNOWN_ROLE", "a message has an unknown role; allowed are system, user and assistant");
      characters += message.getContent().length();
    }
    if (messages.stream().allMatch(m -> m.getContent().isBlank()))
      throw Refused.rejected(request, "EMPTY_TEXT", "all messages are empty; say what is wanted");
    return characters;
  }

  void picture(PromptRequested request, ServedModel model) throws Refused {
    PictureUse use = model.manifest().section().pictureUse();
    ByteBuffer picture = request.getPicture();
    if (picture == null) {
      if (use == PictureUse.REQUIRED)
        throw Refused.rejected(
            request,
            "PICTURE_MISSING",
            "%s works on a picture, and the prompt has none; set picture to a PNG or JPEG".formatted(model.reference()));
      return;
    }
    if (use == PictureUse.NONE)
      throw Refused.rejected(
          request, "PICTURE_NOT_TAKEN", "%s takes no picture; send the prompt without one".formatted(model.reference()));
    if (picture.remaining() > limits.maxPictureBytes())
      throw Refused.rejected(
          request,
          "PICTURE_TOO_LARGE",
          "the picture has %,d bytes; allowed are at most %,d".formatted(picture.remaining(), limits.maxPictureBytes()));
  }

  void counts(PromptRequested request, ServedModel model) throws Refused {
    requireRange(request, "variants", request.getVariants(), limits.maxVariants());
    requireRange(request, "candidates", request.getCandidates(), model.maxCandidates());
  }

  private static void requireRange(PromptRequested request, String field, int value, int maximum) throws Refused {
    if (value < 1 || value > maximum)
      throw Refused.rejected(
          request,
          field.toUpperCase(Locale.ROOT) + "_OUT_OF_RANGE",
          "%s is %d; allowed are 1 to %d".formatted(field, value, maximum));
  }

  long deadline(SourceRecord source, PromptRequested request, long nowMillis) throws Refused {
    Instant absolute = request.getDeadline();
    Long ttl = request.getTtlMs();
    if (ttl != null && ttl <= 0)
      throw Refused.rejected(request, "TTL_OUT_OF_RANGE", "ttlMs is %d; allowed is at least 1".formatted(ttl));
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
}
