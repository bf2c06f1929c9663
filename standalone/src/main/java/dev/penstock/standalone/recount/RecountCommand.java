package dev.penstock.standalone.recount;

import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock recount`.
@Command(
    name = "recount",
    mixinStandardHelpOptions = true,
    description = {
      "Reads prompts, outcomes and content from first to last and says whether every prompt record has exactly one",
      "outcome and every content it names is there, whole. Leaves with 0 if nothing is wrong; prompts without an outcome",
      "yet are in flight. Needs memory for every record."
    })
public final class RecountCommand implements PenstockCommand {

  private static final int MOST_LINES_SHOWN = 20;

  @Mixin SettingsOptions options = new SettingsOptions();

  @Override
  public Integer call() {
    Settings settings =
        options.load(SharedKeys.clients());
    Recount recount =
        new Recount(
            new KafkaClients(SharedKeys.kafka(settings)),
            new HttpSchemaRegistry(SharedKeys.registry(settings)),
            ObjectStore.open(settings.get(SharedKeys.OBJECT_STORE)));
    Report report = recount.run();
    System.out.println(report.summary());
    report.faults().stream().limit(MOST_LINES_SHOWN).forEach(fault -> System.out.println("  " + fault));
    return report.faults().isEmpty() ? 0 : 1;
  }
}
