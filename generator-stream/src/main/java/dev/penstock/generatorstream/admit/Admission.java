package dev.penstock.generatorstream.admit;

import dev.penstock.generators.Priority;
import dev.penstock.generators.models.InvalidParameterException;
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
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.AvroDeserializer;
import dev.penstock.schemas.framing.FramingException;
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
  private final PromptRules rules;

  public Admission(
      AvroDeserializer<PromptRequested> deserializer, ServedModels models, PromptTemplates templates, Limits limits) {
    this.deserializer = deserializer;
    this.models = models;
    this.templates = templates;
    this.limits = limits;
    this.rules = new PromptRules(limits);
  }

  /// @throws Refused if the record does not enter
  AdmittedPrompt admit(SourceRecord source, long nowMillis) throws Refused {
    requireSize(source);
    PromptRequested request = decode(source);
    rules.identity(request);
    rules.place(source, request);
    rules.text(request);
    FilledTemplate template = template(request);
    ServedModel model = model(request);
    rules.picture(request, model);
    rules.counts(request, model);
    Map<String, Object> parameters = parameters(request, model);
    long deadline = rules.deadline(source, request, nowMillis);
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

  private @Nullable FilledTemplate template(PromptRequested request) throws Refused {
    if (request.getTemplate() == null) return null;
    try {
      return templates.named(request.getTemplate()).fill(request.getVariables());
    } catch (TemplateRefusal e) {
      throw Refused.rejected(request, e.reason(), e.sentence());
    }
  }

  private ServedModel model(PromptRequested request) throws Refused {
    Modality modality = request.getModality();
    if (request.getModel() == null) {
      Modality wanted = modality == Modality.UNKNOWN ? Modality.TEXT : modality;
      return models
          .defaultOf(wanted)
          .orElseThrow(
              () ->
                  Refused.rejected(
                      request,
                      "NO_MODEL_FOR_MODALITY",
                      "no model here makes %s; served are %s".formatted(wanted, models.names())));
    }
    ServedModel model =
        models
            .named(request.getModel())
            .orElseThrow(
                () ->
                    Refused.rejected(
                        request, "UNKNOWN_MODEL", "the model is not served here; served are " + models.names()));
    if (modality != Modality.UNKNOWN && !ServedModels.makes(model, modality))
      throw Refused.rejected(
          request,
          "MODALITY_MISMATCH",
          "%s makes %s, the prompt wants %s".formatted(model.reference(), model.manifest().modality(), modality));
    return model;
  }

  private static Map<String, Object> parameters(PromptRequested request, ServedModel model) throws Refused {
    try {
      return model.manifest().parameters().validate(request.getParameters());
    } catch (InvalidParameterException e) {
      throw Refused.rejected(request, "INVALID_PARAMETER", e.getMessage());
    }
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
}
