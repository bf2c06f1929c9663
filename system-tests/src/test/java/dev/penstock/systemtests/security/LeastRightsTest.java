package dev.penstock.systemtests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Patience;
import dev.penstock.generatorstream.GeneratorStreamRights;
import dev.penstock.producer.ProducerRights;
import dev.penstock.producer.PromptSender;
import dev.penstock.producer.SentPrompt;
import dev.penstock.producer.answers.Answer;
import dev.penstock.producer.answers.AnswerReader;
import dev.penstock.producer.answers.ReadFrom;
import dev.penstock.runtime.UserError;
import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.runtime.kafka.Right;
import dev.penstock.runtime.kafka.RightsCheck;
import dev.penstock.schemas.PromptRequested;
import dev.penstock.schemas.framing.HttpSchemaRegistry;
import dev.penstock.sink.SinkRights;
import dev.penstock.standalone.broker.SecuredListeners;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rights that docs/security.md lists for each service are enough, and each of them is needed: with one less the
/// service does not start and names it with the command that grants it.
class LeastRightsTest {

  private static final String GENERATOR = "penstock-generator-stream";
  private static final String GROUP = "penstock-sink";

  /// By the user that has them.
  private static final Map<String, List<Right>> RIGHTS = new LinkedHashMap<>();

  static {
    RIGHTS.put("generator", GeneratorStreamRights.of("", GENERATOR));
    RIGHTS.put("sink", SinkRights.of(GROUP));
    RIGHTS.put("producer", ProducerRights.all());
  }

  @TempDir static Path folder;

  static SecuredBroker broker;
  static EmbeddedRegistry registry;

  @BeforeAll
  static void open() throws Exception {
    broker = new SecuredBroker(folder);
    registry = EmbeddedRegistry.start(broker.administrator(), Port.free());
    for (var user : RIGHTS.entrySet()) {
      broker.add(user.getKey());
      broker.grant("User:" + user.getKey(), user.getValue());
    }
  }

  @AfterAll
  static void close() {
    registry.close();
    broker.close();
  }

  @Test
  void theLeastSetSufficesAndOneRightLessIsNamed() throws Exception {
    try (GeneratorInstance generator =
        new GeneratorInstance("one", folder.resolve("one"), settings("generator"), Map.of())) {
      generator.start().awaitReady();
      assertThat(answer().orElseThrow().contents()).hasSize(1);
      assertThat(generator.process().terminate()).isZero();
    }
    for (var user : RIGHTS.entrySet())
      for (Right right : user.getValue()) namesWhatIsMissing(user.getKey(), right);
  }

  private static Optional<Answer> answer() {
    HttpSchemaRegistry schemas = new HttpSchemaRegistry(registry.url());
    KafkaClients clients = broker.clients("producer");
    try (AnswerReader answers = new AnswerReader(clients, schemas, new ReadFrom.End(), e -> {});
        PromptSender sender = new PromptSender(clients, schemas)) {
      PromptRequested prompt =
          PromptRequested.newBuilder().setPromptId("one").setText("Write one short advertising slogan for a boot.").build();
      SentPrompt sent = sender.send(prompt).join();
      return answers.await(sent, Patience.FOR_WORK);
    }
  }

  private static void namesWhatIsMissing(String user, Right right) throws Exception {
    RightsCheck check = new RightsCheck(broker.clients(user), RIGHTS.get(user));
    check.run();
    broker.revoke("User:" + user, right);
    try {
      await(user + " without " + right.words())
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(check.missing()).contains(right));
      assertThatThrownBy(check::run)
          .isInstanceOf(UserError.class)
          .hasMessage(
              "Kafka's user %s may not %s: grant it with %s"
                  .formatted(user, right.words(), right.command("User:" + user)))
          .hasMessageNotContaining(SecuredBroker.password(user));
    } finally {
      broker.grant("User:" + user, List.of(right));
      await().atMost(Duration.ofSeconds(20)).until(() -> check.missing().isEmpty());
    }
  }

  @Test
  void aServiceWithoutARightEndsWithTheSentence() throws Exception {
    broker.add("stranger");
    List<Right> all = GeneratorStreamRights.of("", GENERATOR);
    List<Right> fewer = all.stream().filter(right -> !right.words().equals("READ group " + GENERATOR)).toList();
    broker.grant("User:stranger", fewer);

    try (GeneratorInstance generator =
        new GeneratorInstance("stranger", folder.resolve("stranger"), settings("stranger"), Map.of())) {
      assertThat(generator.start().process().awaitExit()).isEqualTo(1);
      assertThat(generator.process().lines().getLast())
          .isEqualTo(
              "penstock: Kafka's user stranger may not READ group %s: grant it with kafka-acls --add --allow-principal User:stranger --operation Read --group %s"
                  .formatted(GENERATOR, GENERATOR));
      assertThat(generator.process().output()).doesNotContain("\tat ", SecuredBroker.password("stranger"));
    }
  }

  @Test
  void aCertificateIsAnIdentityAsAPasswordIs() throws Exception {
    Path key = broker.authority().issue("mutual");
    KafkaClients clients =
        new KafkaClients(
            Map.copyOf(SecuredListeners.certificate(broker.certificateServers(), broker.authority().file(), key)));
    RightsCheck check = new RightsCheck(clients, SinkRights.of(GROUP));

    assertThatThrownBy(check::run)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("the user that Kafka sees in this client may not READ topic penstock.content.v1");
    broker.grant("User:CN=mutual", SinkRights.of(GROUP));
    await().atMost(Duration.ofSeconds(20)).until(() -> check.missing().isEmpty());
  }

  private static Map<String, String> settings(String user) {
    Map<String, String> settings = new TreeMap<>();
    broker.login(user).forEach((key, value) -> settings.put("kafka." + key, value.toString()));
    settings.put("schema.registry.url", registry.url());
    return settings;
  }
}
