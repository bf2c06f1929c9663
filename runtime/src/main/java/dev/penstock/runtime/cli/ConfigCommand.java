package dev.penstock.runtime.cli;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.config.Key;
import dev.penstock.runtime.config.ServiceKeys;
import dev.penstock.runtime.config.Settings;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock config`.
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every setting that is in force and where it came from: default, file, environment variable or command",
      "line, the later the stronger. Secrets are masked. Leaves with 1 if a key is unknown or a value is not allowed."
    },
    footer = {"", "Example: penstock config sink --config penstock.properties"})
public final class ConfigCommand implements PenstockCommand {

  @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "Only the keys of this service; all if not given.")
  @Nullable String service;

  @Option(names = "--keys", description = "Print what may be set instead: variable, allowed values, purpose.")
  boolean listsKeys;

  @Mixin SettingsOptions options = new SettingsOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public ConfigCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Key<?>> keys = service == null ? ServiceKeys.everyKey() : keys(service);
    if (listsKeys)
      for (Key<?> key : keys)
        out.printf("%s (%s): %s Allowed: %s.%n", key.name(), Settings.environmentName(key.name()), key.purpose(), key.allowed());
    else
      for (Settings.Effective setting : options.load(keys).effective())
        out.printf("%s=%s  (%s)%n", setting.key(), setting.shown(), setting.from());
    out.flush();
    return 0;
  }

  private static List<Key<?>> keys(String service) {
    List<ServiceKeys> all = ServiceKeys.all();
    for (ServiceKeys one : all) if (one.service().equals(service)) return one.keys();
    throw new UserError(
        "there is no service %s; there are %s"
            .formatted(service, String.join(", ", all.stream().map(ServiceKeys::service).toList())));
  }
}
