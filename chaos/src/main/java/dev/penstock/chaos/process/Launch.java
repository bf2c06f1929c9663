package dev.penstock.chaos.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a JVM of ours is started: the flags of the launcher script and the class path of this one.
///
/// @param heapMegabytes its largest heap
/// @param crashes where it writes `hs_err_pid<pid>.log`
/// @param log where both its streams go; a file that does not exist yet
/// @param environment added to this process's own
record Launch(
    String mainClass, List<String> arguments, int heapMegabytes, Path crashes, Path log, Map<String, String> environment) {

  private static final String SHARED_ARCHIVE = "-XX:SharedArchiveFile=";

  Launch {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return command;
  }

  /// As the launcher script sets them, with one compiler less: these processes live for minutes. The prepared classes
  /// that this JVM runs with serve them too.
  private List<String> flags() {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Xmx%dm".formatted(heapMegabytes),
                "-XX:ErrorFile=" + crashes.resolve("hs_err_pid%p.log"),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=warning,aot*=off,cds*=off:stderr"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(SHARED_ARCHIVE))
        .forEach(flags::add);
    return flags;
  }
}
