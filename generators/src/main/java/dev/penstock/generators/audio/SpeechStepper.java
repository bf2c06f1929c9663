package dev.penstock.generators.audio;

import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.Stepper;
import dev.penstock.generators.media.sound.Sound;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A voice as slots: a step speaks the next sentence of every active text, one run of the graph a sentence, so no text
/// hears another. A draft is the sentences as the voice made them; parts are the same, told as they come.
final class SpeechStepper implements Stepper<PreparedSpeech, List<Sound>> {

  private final Voice voice;
  private final int slots;
  private final Map<Long, Active> active = new LinkedHashMap<>();

  private static final class Active {
    private final PreparedSpeech speech;
    private final List<Sound> spoken = new ArrayList<>();
    private int told;

    private Active(PreparedSpeech speech) {
      this.speech = speech;
    }
  }

  SpeechStepper(Voice voice, int slots) {
    this.voice = voice;
    this.slots = slots;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public int slotsFor(PreparedSpeech prepared) {
    return 1;
  }

  @Override
  public int mostSteps(PreparedSpeech prepared) {
    return prepared.sentences().size();
  }

  @Override
  public void admit(long execution, PreparedSpeech prepared) {
    if (active.size() == slots) throw new IllegalStateException("all " + slots + " slots are taken");
    active.put(execution, new Active(prepared));
  }

  @Override
  public List<Ended<List<Sound>>> step() {
    List<Ended<List<Sound>>> ended = new ArrayList<>();
    for (Iterator<Map.Entry<Long, Active>> all = active.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Long, Active> next = all.next();
      Active each = next.getValue();
      PreparedSpeech speech = each.speech;
      int sentence = each.spoken.size();
      Sound sound = voice.speak(speech.sentences().get(sentence), speech.settings(), speech.seed(), sentence);
      each.spoken.add(sound);
      boolean isSound = isFinite(sound);
      if (isSound && each.spoken.size() < speech.sentences().size()) continue;
      ended.add(isSound
          ? new Ended.Finished<>(next.getKey(), each.spoken, each.spoken.size())
          : new Ended.Failed<>(next.getKey(), new Broken("NUMERIC", "The voice computed samples that are not numbers.", null)));
      all.remove();
    }
    return ended;
  }

  private static boolean isFinite(Sound sound) {
    for (float sample : sound.samples()) if (!Float.isFinite(sample)) return false;
    return true;
  }

  @Override
  public List<PartialResult> takeParts(long execution) {
    Active each = active.get(execution);
    if (each == null) return List.of();
    List<PartialResult> parts = new ArrayList<>();
    for (; each.told < each.spoken.size(); each.told++) {
      Sound sound = each.spoken.get(each.told);
      parts.add(new PartialResult.Sentence(each.told, sound.samples(), sound.sampleRateHz()));
    }
    return parts;
  }

  @Override
  public void release(long execution) {
    active.remove(execution);
  }
}
