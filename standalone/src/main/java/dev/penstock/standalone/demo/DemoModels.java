package dev.penstock.standalone.demo;

import dev.penstock.generators.models.ModelException;
import dev.penstock.generators.models.ModelListing;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generators.models.source.CatalogueEntry;
import dev.penstock.generators.models.source.ModelCatalogue;
import dev.penstock.generators.models.source.ModelPuller;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.ProgressBar;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The models the demo serves.
final class DemoModels {

  /// Text, then pictures; a prompt that names no model gets the first of its modality.
  static final String SHORT = "smollm2-135m-instruct,fashion-cvae";

  /// One or more of every family.
  static final String ALL = SHORT + ",product-diffusion,product-film,fashion-gan,product-dcgan,product-vq,en-us-joe,brief-ner";

  private DemoModels() {}

  /// Fetches those of the catalogue that are not on this machine yet.
  ///
  /// @param names by comma
  /// @throws UserError if one cannot be fetched
  static void pullMissing(String names, Map<String, String> environment, PrintStream out)
      throws InterruptedException {
    ModelCatalogue catalogue = ModelCatalogue.bundled();
    List<String> here = here(environment);
    List<String> missing =
        Arrays.stream(names.split(","))
            .map(String::strip)
            .filter(name -> !here.contains(name))
            .filter(name -> catalogue.entries().stream().map(CatalogueEntry::name).anyMatch(name::equals))
            .toList();
    for (String name : missing) {
      out.println("fetching model " + name);
      pull(ModelPuller.of(catalogue, environment), name, out);
    }
  }

  private static List<String> here(Map<String, String> environment) {
    return ModelRepository.of(List.of(), environment).list().stream()
        .filter(ModelListing.Readable.class::isInstance)
        .map(listing -> ((ModelListing.Readable) listing).manifest().name())
        .toList();
  }

  private static void pull(ModelPuller puller, String name, PrintStream out) throws InterruptedException {
    try (ProgressBar bar = new ProgressBar(out)) {
      puller.pull(name, bar::at);
    } catch (ModelException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }
}
