package dev.penstock.producer.cli;

import dev.penstock.producer.PromptSender;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.cli.PenstockCommand;
import dev.penstock.runtime.cli.SettingsOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock cancel`: prompts are taken back.
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = {
      "Takes prompts back: what waits or runs ends as CANCELLED, what has ended stays.",
      "",
      "A cancellation may come before its prompt, which then never runs. penstock get ID says how a prompt ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock cancel 019abc3e-7c00-7d11-8c3e-0a5b1c2d3e4f",
      "  penstock cancel order-12 order-13 --order-key customer-9 --reason \"the campaign was stopped\"",
    })
public final class CancelCommand implements PenstockCommand {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of prompts.")
  List<String> ids = new ArrayList<>();

  @Option(
      names = "--order-key",
      paramLabel = "KEY",
      description = "The prompts' order key, if they have one; without it the cancellation would not reach them.")
  @Nullable String orderKey;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Take them back only if they are this tenant's.")
  @Nullable String tenant;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the outcome.")
  @Nullable String reason;

  @Mixin SettingsOptions settings = new SettingsOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  public CancelCommand() {}

  @Override
  public Integer call() throws Exception {
    for (String id : ids) if (id.isBlank()) throw new UserError("a prompt id is blank, allowed are 1 to 128 characters");
    Cluster cluster = Cluster.connect(settings.load(Cluster.KEYS));
    return cluster.use(() -> cancel(cluster));
  }

  private int cancel(Cluster cluster) {
    PrintWriter err = spec.commandLine().getErr();
    try (PromptSender sender = new PromptSender(cluster.clients(), cluster.registry())) {
      List<CompletableFuture<?>> sent = new ArrayList<>();
      for (String id : ids) sent.add(sender.cancel(id, orderKey, tenant, reason));
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
      err.println(ids.size() == 1 ? "taken back: " + ids.getFirst() : "taken back: %d prompts".formatted(ids.size()));
      return 0;
    } catch (CompletionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.KafkaException failure) throw failure;
      throw e;
    }
  }
}
