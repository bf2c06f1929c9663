package dev.penstock.standalone.move;

import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.RegistryAccess;
import dev.penstock.schemas.framing.RegistryUnavailableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock move-schemas`.
@Command(
    name = "move-schemas",
    mixinStandardHelpOptions = true,
    description = {
      "Registers everything that a registry has, for example that of penstock up, at the empty registry of the settings",
      "(schema.registry.url and its login), and sees to it that every id stays what it was."
    },
    footer = {"", "Example: penstock move-schemas --from http://127.0.0.1:8081 --config company.properties"})
public final class MoveSchemasCommand implements PenstockCommand {

  @Option(names = "--from", required = true, paramLabel = "URL", description = "The registry that is moved from.")
  String from = "";

  @Option(
      names = "--level",
      defaultValue = "FULL_TRANSITIVE",
      paramLabel = "LEVEL",
      description = "Which changes are allowed there. Default: ${DEFAULT-VALUE}.")
  String level = "";

  @Mixin SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() {
    Settings settings = options.load(SharedKeys.clients());
    RegistryAccess to = SharedKeys.registry(settings);
    try {
      int versions =
          new RegistryMove(new HttpSchemaRegistry(RegistryAccess.at(from)), new HttpSchemaRegistry(to)).run(level);
      System.out.printf("%d versions are at %s with the ids they had%n", versions, to);
      return 0;
    } catch (RegistryUnavailableException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
