package dev.penstock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.runtime.cli.Penstock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// What README and docs point at is there: files, headings, commands and their options.
final class DocumentsTest {

  private static final Path HOME = Path.of(System.getenv("PENSTOCK_HOME"));
  private static final Set<String> SKIPPED = Set.of("target", "out", "node_modules");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`|\\$ )(?:\\./)?penstock ([^`\\n]+)");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]*");

  /// What the script `penstock` does itself.
  private static final Set<String> OF_THE_SCRIPT = Set.of("test", "images", "clean");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String place : List.of("", "docs", "models", "examples", "chaos", "ops")) {
      int depth = place.isEmpty() ? 1 : 4;
      try (Stream<Path> files = Files.walk(HOME.resolve(place), depth)) {
        files.filter(file -> file.toString().endsWith(".md") && !isSkipped(file)).forEach(pages::add);
      }
    }
    return pages;
  }

  private static boolean isSkipped(Path file) {
    for (Path part : HOME.relativize(file)) if (SKIPPED.contains(part.toString()) || part.toString().startsWith(".")) return true;
    return false;
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      String prose = Files.readString(page).replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`", "");
      for (String target : LINK.matcher(prose).results().map(link -> link.group(1)).filter(target -> !target.contains("://")).toList()) {
        links++;
        if (!isThere(page, target)) broken.add(HOME.relativize(page) + ": " + target);
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(100);
  }

  private static boolean isThere(Path page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    if (!Files.exists(file)) return false;
    return parts.length == 1 || headings(file).contains(parts[1]);
  }

  /// Headings as links name them: lower-case, without punctuation, dashes for spaces.
  private static List<String> headings(Path page) throws IOException {
    return Files.readString(page).replaceAll("(?s)```.*?```", "").lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT)
            .replaceAll("\\]\\([^)]*\\)", "").replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void everyCommandExistsWithItsOptions() throws IOException {
    CommandLine program = Penstock.commandLine();
    List<String> unknown = new ArrayList<>();
    int commands = 0;
    for (Path page : pages()) {
      for (MatchResult found : COMMAND.matcher(Files.readString(page)).results().toList()) {
        commands++;
        String problem = problem(program, found.group(1));
        if (problem != null) unknown.add(HOME.relativize(page) + ": penstock " + found.group(1) + ": " + problem);
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(commands).isGreaterThan(100);
  }

  /// What is wrong with a command, or null. Comments begin after two spaces.
  private static @Nullable String problem(CommandLine program, String words) {
    List<String> left = new ArrayList<>(Arrays.asList(words.split("  | #")[0].replaceAll("\"[^\"]*\"?", "TEXT").split("\\s+")));
    left.remove("--gpu");
    if (!left.isEmpty() && OF_THE_SCRIPT.contains(left.getFirst())) return null;
    CommandLine command = program;
    while (!left.isEmpty() && WORD.matcher(left.getFirst()).matches() && !command.getSubcommands().isEmpty()) {
      CommandLine next = command.getSubcommands().get(left.getFirst());
      if (next == null) return "there are " + command.getSubcommands().keySet();
      command = next;
      left.removeFirst();
    }
    Set<String> options = command.getCommandSpec().options().stream().flatMap(option -> Arrays.stream(option.names())).collect(Collectors.toSet());
    return left.stream().map(word -> word.replaceAll("[\\[\\],.;:]|=.*", "")).filter(word -> word.startsWith("--") && !options.contains(word))
        .findFirst().map(option -> "no option " + option).orElse(null);
  }
}
