package dev.penstock.generators.audio.phonemes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationException.Broken;
import dev.penstock.generators.GenerationException.Rejected;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// espeak-ng as a program of its own (it is under the GPL), where it is installed: any language it knows.
///
/// @param program usually `espeak-ng`
/// @param voice   as espeak-ng names it, such as `en-us`
public record EspeakPhonemizer(String program, String voice) implements Phonemizer {

  private static final int LONGEST_RUN_SECONDS = 10;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");
  /// A change of language within a text, such as `(en)`.
  private static final Pattern LANGUAGE = Pattern.compile("\\([a-z-]+\\)");

  @Override
  public List<Utterance> utterances(String text) throws GenerationException {
    List<Utterance> utterances = new ArrayList<>();
    for (String sentence : Sentences.of(text.replaceAll("\\s+", " ").strip())) {
      if (!WORD.matcher(sentence).find()) continue;
      StringBuilder phonemes = new StringBuilder();
      for (String clause : sentence.split("(?<=[,;:.?!]) +")) {
        if (!WORD.matcher(clause).find()) continue;
        String said = run(clause);
        if (said.isEmpty()) continue;
        char end = clause.charAt(clause.length() - 1);
        phonemes.append(phonemes.isEmpty() ? "" : " ").append(said).append(",;:.?!".indexOf(end) >= 0 ? "" + end : "");
      }
      if (!phonemes.isEmpty()) utterances.add(new Utterance(phonemes.toString(), sentence.split(" ").length));
    }
    return utterances;
  }

  private String run(String clause) throws GenerationException {
    try {
      Process process = new ProcessBuilder(program, "-q", "--ipa", "-b", "1", "-v", voice, "--stdin")
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(clause.getBytes(UTF_8));
      }
      String ipa = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new Broken("ESPEAK_FAILED", "espeak-ng did not end within " + LONGEST_RUN_SECONDS + " seconds.", null);
      }
      if (process.exitValue() != 0)
        throw new Rejected("ESPEAK_VOICE", "espeak-ng has no voice " + voice + "; the program ended with "
            + process.exitValue() + ".");
      return LANGUAGE.matcher(ipa).replaceAll("").replace("\u200d", "").replaceAll("\\s+", " ").strip();
    } catch (IOException missing) {
      throw new Rejected("ESPEAK_MISSING", "The parameter phonemes is espeak, and the program espeak-ng is not installed"
          + " where the voice runs; install it there (the system's package espeak-ng), or choose a voice and setting that do"
          + " without.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Broken("INTERRUPTED", "The process was being stopped while espeak-ng ran.", stopped);
    }
  }
}
