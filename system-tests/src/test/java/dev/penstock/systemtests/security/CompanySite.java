package dev.penstock.systemtests.security;

import dev.penstock.chaos.cluster.BrokerCluster;
import dev.penstock.chaos.process.GeneratorInstance;
import dev.penstock.chaos.process.Program;
import dev.penstock.chaos.process.ProgramProcess;
import dev.penstock.generators.models.ModelRepository;
import dev.penstock.generatorstream.GeneratorStreamRights;
import dev.penstock.producer.ProducerRights;
import dev.penstock.runtime.OrderlyStop;
import dev.penstock.runtime.kafka.Right;
import dev.penstock.schemas.Topic;
import dev.penstock.sink.SinkRights;
import dev.penstock.standalone.broker.SecuredListeners;
import dev.penstock.standalone.certificates.CertificateAuthority;
import dev.penstock.standalone.database.EmbeddedDatabase;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.systemtests.rig.Apicurio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/// What a company has, and our services beside it, each a process: three brokers that ask for passwords (SASL_SSL,
/// SCRAM-SHA-512) and enforce rights, Apicurio's registry, PostgreSQL. Each service has a user with its least rights; its
/// passwords lie in a file that its settings refer to.
final class CompanySite implements AutoCloseable {

  private static final short BROKER_DEFAULT = -1;
  private static final int SMALL_HEAP = 256;

  private final OrderlyStop parts = new OrderlyStop();
  private final Path folder;
  private final CertificateAuthority authority;
  private final BrokerCluster brokers;
  private final Apicurio registry;
  private final EmbeddedDatabase database;

  CompanySite(Path folder) throws Exception {
    this.folder = folder;
    try {
      authority = CertificateAuthority.in(folder.resolve("certificates"));
      brokers =
          parts.add(
              "brokers",
              BrokerCluster.start(
                  folder,
                  List.of(SecuredListeners.PASSWORD, SecuredListeners.CERTIFICATE),
                  SecuredListeners.settings(authority.issue("broker"), authority.file())));
      brokers.clients().createTopics(Topic.DEFAULT_PARTITIONS, BROKER_DEFAULT);
      registry = parts.add("registry", Apicurio.start(folder.resolve("registry")));
      Path programs = ModelRepository.userCache(System.getenv()).resolveSibling("programs");
      database = parts.add("database", EmbeddedDatabase.start(folder.resolve("database"), programs, Port.free()));
      admit("producer", ProducerRights.all());
      admit("generator", GeneratorStreamRights.of("", "penstock-generator-stream"));
      admit("sink", SinkRights.of("penstock-sink"));
    } catch (Exception | Error e) {
      parts.stop();
      throw e;
    }
  }

  /// A user that has these rights and no others, its password in a file.
  void admit(String user, List<Right> rights) throws Exception {
    ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    try (Admin admin = brokers.clients().admin()) {
      admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, scram, password(user)))).all().get();
      admin.createAcls(rights.stream().map(right -> right.to("User:" + user)).toList()).all().get();
    }
    Files.writeString(secrets(user), "kafka=%s%ndatabase=%s%n".formatted(password(user), database.password()));
  }

  static String password(String user) {
    return "the-word-of-" + user;
  }

  private Path secrets(String user) {
    return folder.resolve(user + ".secrets");
  }

  String servers() {
    return brokers.bootstrapServers(SecuredListeners.PASSWORD);
  }

  /// Where the administrator reaches the brokers, who may do everything.
  String administratorServers() {
    return brokers.bootstrapServers();
  }

  String registryUrl() {
    return registry.url();
  }

  Path authorities() {
    return authority.file();
  }

  EmbeddedDatabase database() {
    return database;
  }

  /// A settings file of a user, which says where its password lies.
  Path settings(String user, Map<String, String> more) throws IOException {
    Map<String, String> all = new TreeMap<>();
    String reference = "${file:%s:kafka}".formatted(secrets(user));
    SecuredListeners.login(servers(), authority.file(), user, reference)
        .forEach((key, value) -> all.put("kafka." + key, value));
    all.put("schema.registry.url", registry.url());
    all.put("object.store.uri", folder.resolve("objects").toUri().toString());
    all.putAll(more);
    List<String> lines = new ArrayList<>();
    all.forEach((key, value) -> lines.add(key + "=" + value.replace("\\", "\\\\")));
    return Files.write(folder.resolve(user + "-" + more.hashCode() + ".properties"), lines);
  }

  /// `penstock SERVICE` as a process.
  ProgramProcess start(String service, Path settings, String... more) {
    Program program = parts.add(service, Program.penstock(service, folder.resolve(service), SMALL_HEAP, Map.of()));
    List<String> arguments = new ArrayList<>(List.of(service, "--config", settings.toString()));
    arguments.addAll(List.of(more));
    return program.start(arguments);
  }

  Map<String, String> sink() {
    return Map.of(
        "database.url", database.jdbcUrl(),
        "database.user", database.user(),
        "database.password", "${file:%s:database}".formatted(secrets("sink")),
        "export.folder", "off",
        "console.enabled", "false");
  }

  Map<String, String> console() {
    return Map.of(
        "database.url", database.jdbcUrl(),
        "database.user", database.user(),
        "database.password", "${file:%s:database}".formatted(secrets("sink")),
        "console.port", "0");
  }

  GeneratorInstance generator(String name) {
    Map<String, String> settings = new TreeMap<>();
    String reference = "${file:%s:kafka}".formatted(secrets("generator"));
    SecuredListeners.login(servers(), authority.file(), "generator", reference)
        .forEach((key, value) -> settings.put("kafka." + key, value));
    settings.put("schema.registry.url", registry.url());
    settings.put("models", "tiny-copywriter,fashion-cvae");
    return parts.add(name, new GeneratorInstance(name, folder.resolve(name), settings, Map.of()));
  }

  @Override
  public void close() {
    parts.stop();
  }
}
