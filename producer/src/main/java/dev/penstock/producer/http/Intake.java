package dev.penstock.producer.http;

import dev.penstock.producer.PromptSender;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.schemas.framing.SchemaRegistry;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prompts over HTTP: a server that puts them on the topic and follows what becomes of them. Holds nothing that is not on
/// the topics, so any number may run, and one that starts reads back as far as its memory goes.
public final class Intake implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /// A prompt of 32,768 characters has room in it, however they are written.
  private static final long LARGEST_REQUEST = 256 << 10;

  private final IntakeSettings settings;
  private final PromptSender sender;
  private final TopicFollower follower;
  private final EventStream events;
  private final Javalin server;

  private Intake(IntakeSettings settings, KafkaClients clients, SchemaRegistry registry) {
    this.settings = settings;
    PromptLog log = new PromptLog(new OpenPrompts(settings.tenantOpen()));
    this.follower =
        new TopicFollower(clients, registry, new ReadFrom.Since(Instant.now().minus(settings.memory())), log);
    this.sender = new PromptSender(clients, registry);
    PromptRoutes prompts = new PromptRoutes(sender, log);
    this.events = new EventStream(prompts);
    this.server = Javalin.create(config -> configure(config, prompts));
  }

  /// Starts to listen.
  ///
  /// @throws UserError if the address cannot be listened at
  /// @throws org.apache.kafka.common.KafkaException if the cluster cannot be reached or lacks the topics
  public static Intake start(IntakeSettings settings, KafkaClients clients, SchemaRegistry registry) {
    Intake intake = new Intake(settings, clients, registry);
    try {
      intake.server.start(settings.host(), settings.port());
      return intake;
    } catch (JavalinBindException e) {
      intake.close();
      throw new UserError(
          "the HTTP intake cannot listen at %s:%d: set http.port to a free port"
              .formatted(settings.host(), settings.port()),
          e);
    }
  }

  private void configure(JavalinConfig config, PromptRoutes prompts) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = LARGEST_REQUEST;
    config.routes.before(Intake::secure);
    config.routes.before(new Access(settings)::check);
    config.routes.post("/v1/prompts", prompts::send);
    config.routes.get("/v1/prompts/{id}", prompts::show);
    config.routes.get("/v1/prompts/{id}/events", events::send);
    config.routes.delete("/v1/prompts/{id}", prompts::cancel);
    config.routes.exception(Problem.class, (e, context) -> e.send(context));
    config.routes.exception(EndpointNotFound.class, (e, context) -> Problem.send(context, 404, "There is no such resource."));
    config.routes.exception(
        HttpResponseException.class,
        (e, context) -> Problem.send(context, e.getStatus(), String.valueOf(e.getMessage())));
    config.routes.exception(Exception.class, Intake::failed);
  }

  private static void secure(Context context) {
    context.header("X-Content-Type-Options", "nosniff").header("Cache-Control", "no-store");
  }

  private static void failed(Exception e, Context context) {
    LOG.atError().addKeyValue("path", context.path()).setCause(e).log("the HTTP intake failed");
    Problem.send(context, 500, "Something went wrong; the log has the details.");
  }

  /// Where a client finds it.
  public URI uri() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://%s:%d/".formatted(host, server.port()));
  }

  @Override
  public void close() {
    events.close();
    server.stop();
    follower.close();
    sender.close();
  }
}
