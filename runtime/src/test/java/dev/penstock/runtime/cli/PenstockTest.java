package dev.penstock.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Key;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The program finds the commands of the modules, and answers mistakes with a sentence and exit code 1.
class PenstockTest {

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Test
  void runsTheCommandsOfTheModules() {
    assertThat(run("count", "--set", "how.many=3")).isEqualTo(3);
  }

  @Test
  void answersAMistakeWithOneSentence() {
    assertThat(run("count", "--set", "how.many=300")).isEqualTo(1);

    assertThat(err.toString()).isEqualToNormalizingNewlines("penstock: how.many is '300' (command line), allowed is 0 to 9\n");
  }

  @Test
  void showsWhereAMistakeCameFromWhenAsked() {
    assertThat(run("count", "--stacktrace", "--set", "how.many=300")).isEqualTo(1);

    assertThat(err.toString()).contains("\tat " + Count.class.getName() + ".call(");
  }

  @Test
  void showsWhereADefectCameFromAlways() {
    assertThat(run("fail")).isEqualTo(1);

    assertThat(err.toString()).contains("IllegalStateException", "\tat " + Fail.class.getName() + ".call(");
  }

  @Test
  void knowsTheSettingsOfAFileThatDoesNotExist() {
    assertThat(run("count", "--config", "no/such/file")).isEqualTo(1);

    assertThat(err.toString()).startsWith("penstock: cannot read the settings file no/such/file");
  }

  @Test
  void saysWhichCommandItDoesNotKnow() {
    assertThat(run("cuont")).isEqualTo(2);

    assertThat(err.toString()).contains("cuont");
  }

  private int run(String... arguments) {
    CommandLine line = Penstock.commandLine();
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(arguments);
  }

  /// A command with a setting.
  @Command(name = "count")
  public static final class Count implements PenstockCommand {
    private static final Key<Long> HOW_MANY = Key.number("how.many", 0, 9, 1L, "What it returns.");

    @Mixin SettingsOptions options = new SettingsOptions();

    @Override
    public Integer call() {
      return options.load(List.of(HOW_MANY)).get(HOW_MANY).intValue();
    }
  }

  /// A command with a defect.
  @Command(name = "fail")
  public static final class Fail implements PenstockCommand {
    @Override
    public Integer call() {
      throw new IllegalStateException("a defect", new UserError("inside"));
    }
  }
}
