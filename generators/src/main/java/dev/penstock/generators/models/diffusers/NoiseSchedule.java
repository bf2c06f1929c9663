package dev.penstock.generators.models.diffusers;

import dev.penstock.generators.models.DiffusionSection.Betas;
import dev.penstock.generators.models.DiffusionSection.Prediction;
import dev.penstock.generators.models.DiffusionSection.Scheduler;
import dev.penstock.generators.models.huggingface.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `scheduler_config.json` says: how noise grew in the training, and how its author sampled.
///
/// @param betas      null for flow matching
/// @param schedulers the author's first, then the others that fit
/// @param notes      settings that are not followed, a few words each
record NoiseSchedule(Prediction prediction, @Nullable Betas betas, List<Scheduler> schedulers, List<String> notes) {

  private static final long MAX_BYTES = 1 << 20;
  private static final int TIMESTEPS = 1_000;

  private static final Map<String, Scheduler> CLASSES = Map.of(
      "DDPMScheduler", Scheduler.DDPM,
      "DDIMScheduler", Scheduler.DDIM,
      "EulerDiscreteScheduler", Scheduler.EULER,
      "HeunDiscreteScheduler", Scheduler.HEUN,
      "DPMSolverMultistepScheduler", Scheduler.DPM_SOLVER,
      "FlowMatchEulerDiscreteScheduler", Scheduler.FLOW_MATCHING);

  /// What our schedulers do, as diffusers spells it; another setting makes other pictures than diffusers' own.
  private static final Map<String, String> OURS = ours();

  NoiseSchedule {
    schedulers = List.copyOf(schedulers);
    notes = List.copyOf(notes);
  }

  private static Map<String, String> ours() {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("timestep_spacing", "leading");
    ours.put("steps_offset", "1");
    ours.put("clip_sample", "false");
    ours.put("thresholding", "false");
    ours.put("set_alpha_to_one", "false");
    ours.put("variance_type", "fixed_small");
    ours.put("use_karras_sigmas", "false");
    ours.put("rescale_betas_zero_snr", "false");
    ours.put("algorithm_type", "dpmsolver++");
    ours.put("solver_order", "2");
    ours.put("solver_type", "midpoint");
    ours.put("shift", "1.0");
    ours.put("use_dynamic_shifting", "false");
    return ours;
  }

  /// @throws dev.penstock.generators.models.ModelImportException it names what we do not have
  static NoiseSchedule read(Path folder) {
    JsonFile config = JsonFile.read(folder.resolve("scheduler_config.json"), MAX_BYTES);
    String name = config.text("_class_name");
    Scheduler own = CLASSES.get(name);
    if (own == null) {
      throw config.refused("_class_name is " + name + "; " + String.join(", ", CLASSES.keySet().stream().sorted().toList())
          + " can be imported");
    }
    if (config.optionalSize("num_train_timesteps").orElse(TIMESTEPS) != TIMESTEPS) {
      throw config.refused("num_train_timesteps is " + config.size("num_train_timesteps") + "; " + TIMESTEPS + " is needed");
    }
    boolean flow = own == Scheduler.FLOW_MATCHING;
    Prediction prediction = flow ? Prediction.FLOW : prediction(config);
    List<Scheduler> schedulers = new ArrayList<>(List.of(own));
    Arrays.stream(Scheduler.values()).filter(each -> each != own && each.fits(prediction)).forEach(schedulers::add);
    return new NoiseSchedule(prediction, flow ? null : betas(config), schedulers, notes(config, own));
  }

  private static Prediction prediction(JsonFile config) {
    String word = config.optionalText("prediction_type").orElse("epsilon");
    return switch (word) {
      case "epsilon" -> Prediction.EPSILON;
      case "v_prediction" -> Prediction.VELOCITY;
      case "sample" -> Prediction.SAMPLE;
      default -> throw config.refused("prediction_type is " + word + "; epsilon, v_prediction and sample can be imported");
    };
  }

  private static Betas betas(JsonFile config) {
    String word = config.optionalText("beta_schedule").orElse("linear");
    Betas.Form form = switch (word) {
      case "linear" -> Betas.Form.LINEAR;
      case "scaled_linear" -> Betas.Form.SCALED_LINEAR;
      default -> throw config.refused("beta_schedule is " + word + "; linear and scaled_linear can be imported");
    };
    if (config.has("trained_betas")) {
      throw config.refused("trained_betas are given; linear and scaled_linear betas can be imported");
    }
    return new Betas(form, config.optionalReal("beta_start").orElse(0.0001), config.optionalReal("beta_end").orElse(0.02));
  }

  private static List<String> notes(JsonFile config, Scheduler own) {
    List<String> notes = new ArrayList<>();
    OURS.forEach((key, ours) -> {
      boolean flowOnly = key.equals("shift") || key.equals("use_dynamic_shifting");
      if (!config.has(key) || flowOnly != (own == Scheduler.FLOW_MATCHING)) {
        return;
      }
      String theirs = config.node().get(key).asText();
      if (!theirs.equals(ours)) {
        notes.add(key + " is " + theirs + " there and " + ours + " here: pictures differ from those of diffusers with that setting");
      }
    });
    return notes;
  }
}
