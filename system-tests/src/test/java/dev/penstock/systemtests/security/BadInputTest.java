package dev.penstock.systemtests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.penstock.chaos.process.Program;
import dev.penstock.chaos.process.ProgramProcess;
import dev.penstock.sink.SinkRights;
import dev.penstock.standalone.broker.SecuredListeners;
import dev.penstock.standalone.database.EmbeddedDatabase;
import dev.penstock.standalone.infrastructure.Port;
import dev.penstock.standalone.registry.EmbeddedRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator got wrong ends `penstock sink` with code 1 and one sentence that says what to do; no stack trace, no
/// password.
class BadInputTest {

  private static final String USER = "sink";

  @TempDir static Path folder;

  static SecuredBroker broker;
  static EmbeddedRegistry registry;
  static EmbeddedDatabase database;
  static int runs;

  @BeforeAll
  static void open() throws Exception {
    broker = new SecuredBroker(folder);
    broker.add(USER);
    broker.grant("User:" + USER, SinkRights.of("penstock-sink"));
    registry = EmbeddedRegistry.start(broker.administrator(), Port.free());
    Path programs =
        dev.penstock.generators.models.ModelRepository.userCache(System.getenv()).resolveSibling("programs");
    database = EmbeddedDatabase.start(folder.resolve("database"), programs, Port.free());
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    registry.close();
    broker.close();
  }

  @Test
  void aBrokerThatIsNotThere() {
    assertRefused(
        Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "start.patience.ms", "100"),
        "penstock: Kafka 127.0.0.1:1 was not there for 0 s",
        "start it, or correct its address in the settings");
  }

  @Test
  void aWrongPassword() {
    Map<String, String> wrong = new TreeMap<>();
    SecuredListeners.login(broker.passwordServers(), broker.authority().file(), USER, "not-the-word")
        .forEach((key, value) -> wrong.put("kafka." + key, value));

    assertRefused(wrong, "refuses the login", "correct user and password in kafka.sasl.jaas.config");
  }

  @Test
  void aMissingRight() {
    assertRefused(
        Map.of("sink.group", "another-group"),
        "penstock: Kafka's user sink may not READ group another-group: grant it with kafka-acls --add --allow-principal User:sink --operation Read --group another-group");
  }

  @Test
  void anExpiredCertificateOfAClient() throws IOException {
    Path expired = broker.authority().issueExpired(USER);
    Map<String, String> settings = new TreeMap<>();
    SecuredListeners.certificate(broker.certificateServers(), broker.authority().file(), expired)
        .forEach((key, value) -> settings.put("kafka." + key, value));
    settings.put("kafka.sasl.jaas.config", "");

    assertRefused(settings, "does not accept this client's certificate", "renew the one in kafka.ssl.keystore if it has expired");
  }

  @Test
  void anExpiredCertificateOfTheBroker() throws Exception {
    HttpServer server = https(broker.authority().issueExpired("server"), "[]");
    try {
      assertRefused(
          Map.of("kafka.bootstrap.servers", "127.0.0.1:" + server.getAddress().getPort()),
          "the certificate of Kafka at 127.0.0.1:", "has expired", "have it renewed");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAuthorityThatIsNotTrusted() throws IOException {
    Path other = dev.penstock.standalone.certificates.CertificateAuthority.in(folder.resolve("other")).file();

    assertRefused(
        Map.of("kafka.ssl.truststore.location", other.toString()), "cannot agree on TLS", "correct kafka.security.protocol");
  }

  @Test
  void aRegistryOfAnotherKind() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    answer(server, "<html>Welcome</html>");
    try {
      assertRefused(
          Map.of("schema.registry.url", "http://127.0.0.1:" + server.getAddress().getPort()),
          "answers (HTTP 200), but not as a registry with Confluent's API: schema.registry.url must name its root");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aRegistryThatAsksForAnotherPassword() throws Exception {
    HttpServer server = https(broker.authority().issue("registry"), "[]");
    Map<String, String> settings = new TreeMap<>();
    settings.put("schema.registry.url", "https://127.0.0.1:" + server.getAddress().getPort());
    settings.put("schema.registry.user", "me");
    settings.put("schema.registry.password", "not-the-word");
    try {
      assertRefused(settings, "has a certificate that is not accepted", "name its authority with schema.registry.ca");
      settings.put("schema.registry.ca", broker.authority().file().toString());
      assertRefused(settings, "refuses user me (HTTP 401): correct schema.registry.user and schema.registry.password");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aDatabaseOfANewerVersion() throws Exception {
    // A database that only this version has migrated has no such row.
    sql("create schema if not exists penstock");
    sql(
        """
        create table if not exists penstock.flyway_schema_history (installed_rank int primary key, version varchar(50),
          description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null, checksum int,
          installed_by varchar(100) not null, installed_on timestamp not null default now(), execution_time int not null,
          success boolean not null)""");
    sql(
        """
        insert into penstock.flyway_schema_history values
          (999, '999', 'from the future', 'SQL', 'V999__from_the_future.sql', 1, 'somebody', now(), 1, true)""");
    try {
      assertRefused(
          Map.of(), "has schema version 999, which is newer than this program knows: start the newer program");
    } finally {
      sql("delete from penstock.flyway_schema_history where installed_rank = 999");
    }
  }

  private static void sql(String statement) throws Exception {
    try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static void assertRefused(Map<String, String> wrong, String... words) {
    Map<String, String> settings = new TreeMap<>();
    broker.login(USER).forEach((key, value) -> settings.put("kafka." + key, value.toString()));
    settings.put("schema.registry.url", registry.url());
    settings.put("database.url", database.jdbcUrl());
    settings.put("database.user", database.user());
    settings.put("database.password", database.password());
    settings.put("object.store.uri", folder.resolve("objects").toUri().toString());
    settings.put("export.folder", "off");
    settings.put("console.port", "0");
    settings.putAll(wrong);
    settings.values().removeIf(String::isEmpty);
    List<String> arguments = new ArrayList<>(List.of("sink"));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    try (Program program = Program.penstock("sink", folder.resolve("run" + runs++), 256, Map.of())) {
      ProgramProcess process = program.start(arguments);
      assertThat(process.awaitExit()).as(process.output()).isEqualTo(1);
      assertThat(process.lines().getLast()).startsWith("penstock: ").contains(words);
      assertThat(process.output())
          .doesNotContain("\tat ", SecuredBroker.password(USER), database.password(), "not-the-word");
    }
  }

  /// Refuses every password that it is not `the-word`.
  private static HttpServer https(Path pem, String body) throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.setHttpsConfigurator(new HttpsConfigurator(context(pem)));
    answer(server, body);
    return server;
  }

  private static void answer(HttpServer server, String body) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(login == null ? 200 : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }

  private static SSLContext context(Path pem) throws Exception {
    String text = Files.readString(pem);
    String key = text.substring(text.indexOf("KEY-----") + 8, text.indexOf("-----END PRIVATE"));
    var decoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key));
    byte[] certificates = text.substring(text.indexOf("-----BEGIN CERTIFICATE")).getBytes(UTF_8);
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificates))
            .toArray(Certificate[]::new);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", KeyFactory.getInstance("EC").generatePrivate(decoded), new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
