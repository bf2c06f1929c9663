package dev.penstock.standalone.demo;

import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import dev.penstock.runtime.config.Settings;
import dev.penstock.runtime.config.SharedKeys;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.schemas.framing.SchemaRegistry;
import dev.penstock.sink.gallery.GalleryFile;
import dev.penstock.standalone.DataFolder;
import dev.penstock.standalone.Layers;
import dev.penstock.standalone.Standalone;
import dev.penstock.standalone.StandaloneKeys;
import dev.penstock.standalone.recount.Recount;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock demo`.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything on free ports, sends prompts for models of every family, prints what came out, writes a gallery",
      "and recounts the topics. Leaves with 0 only if every prompt record has exactly one outcome and every content it",
      "names is there."
    })
public final class DemoCommand implements PenstockCommand {

  /// What a shell reports of a program that was interrupted.
  private static final int INTERRUPTED = 130;

  private static final String MODELS = "models";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where gallery and pictures go. Default: out/demo-TIME.")
  @Nullable Path folder;

  @Option(names = "--short", description = "Only 24 prompts: 16 slogans, 8 pictures.")
  boolean isShort;

  @Mixin SettingsOptions options = new SettingsOptions();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    OrderlyStop stop = new OrderlyStop();
    stop.handleSignals(INTERRUPTED);
    try {
      return run(stop);
    } finally {
      stop.stop();
    }
  }

  private int run(OrderlyStop stop) throws Exception {
    Path examples = examples();
    List<Path> files = new ArrayList<>(List.of(examples.resolve("campaign.csv")));
    if (!isShort) files.add(examples.resolve("families.csv"));
    DemoCampaign campaign = DemoCampaign.read(files);
    Settings settings =
        Layers.around(
            options.load(StandaloneKeys.all()), Map.of(MODELS, isShort ? DemoModels.SHORT : DemoModels.ALL), Layers.freePorts());
    DemoModels.pullMissing(settings.origins().get(MODELS).value(), System.getenv(), out);
    DataFolder data = stop.add("data folder", DataFolder.temporary());
    Standalone standalone = stop.add("standalone", new Standalone(settings, data, out));
    Standalone.Running running = standalone.start();
    SchemaRegistry registry = new HttpSchemaRegistry(SharedKeys.registry(running.settings()));
    ObjectStore store = ObjectStore.open(running.settings().get(SharedKeys.OBJECT_STORE));

    campaign.run(running.clients(), registry, out);
    show(campaign, DemoResults.read(running.clients(), registry), store);
    Verdict verdict = new Verdict(campaign.rows().size(), new Recount(running.clients(), registry, store).run());
    verdict.lines().forEach(out::println);
    return verdict.isGood() ? 0 : 1;
  }

  /// @throws UserError if the program does not run in its own folder
  private static Path examples() {
    String home = System.getenv("PENSTOCK_HOME");
    Path examples = Path.of(home == null ? "" : home, "examples");
    if (!Files.isDirectory(examples))
      throw new UserError("there is no folder %s; start the demo as ./penstock demo".formatted(examples));
    return examples;
  }

  private void show(DemoCampaign campaign, DemoResults results, ObjectStore store) throws IOException {
    Path to = folder != null ? folder : Path.of("out", "demo-" + TIME.format(LocalDateTime.now()));
    ContentBodies bodies = new ContentBodies(store);
    out.println();
    new ResultTable(out, new PictureFiles(to.resolve("pictures"), bodies), bodies).print(campaign, results);
    Path gallery = to.resolve("gallery.html");
    GalleryFile.write(gallery, "Penstock demo", results.contents(), store);
    out.println();
    out.println("gallery: " + gallery.toAbsolutePath());
  }
}
