package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.runtime.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the help of `penstock bench` lists can be run, and what can be run is listed.
class BenchCommandTest {

  @Test
  void listsTheBenchmarksThatExist() {
    var command = new BenchCommand();
    command.name = "none";

    assertThatThrownBy(command::call).isInstanceOfSatisfying(UserError.class, refused -> {
      String names = refused.getMessage().substring(refused.getMessage().indexOf("there are ") + "there are ".length());
      List<String> mains = Arrays.stream(names.split(", ")).filter(name -> !name.contains("/")).toList();
      assertThat(mains).containsExactlyInAnyOrderElementsOf(listed());
    });
  }

  @Test
  void saysEveryLineOfTheHelp() {
    assertThat(new CommandLine(new BenchCommand()).getUsageMessage().replaceAll("\\s+", " ")).contains("at 70% load");
  }

  /// The first words of the help's lines; continued lines begin further right.
  private static List<String> listed() {
    return Stream.of(BenchCommand.class.getAnnotation(Command.class).footer())
        .filter(line -> line.matches(" {2}\\S.*")).map(line -> line.strip().split(" ")[0]).toList();
  }
}
