package dev.penstock.systemtests.security;

import dev.penstock.runtime.kafka.KafkaClients;
import dev.penstock.runtime.kafka.Right;
import dev.penstock.schemas.Topic;
import dev.penstock.standalone.broker.KafkaMember;
import dev.penstock.standalone.broker.KafkaMemberSettings;
import dev.penstock.standalone.broker.KafkaMemberSettings.Listener;
import dev.penstock.standalone.broker.KafkaMemberSettings.Ports;
import dev.penstock.standalone.broker.SecuredListeners;
import dev.penstock.standalone.certificates.CertificateAuthority;
import dev.penstock.standalone.infrastructure.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;

/// A broker that asks for passwords or certificates and allows what was granted; the administrator reaches it at a plain
/// listener. The catalogue's topics are there.
final class SecuredBroker implements AutoCloseable {

  private final CertificateAuthority authority;
  private final KafkaMember member;
  private final List<Integer> ports;
  private final Admin admin;

  SecuredBroker(Path folder) throws IOException, ExecutionException, InterruptedException {
    authority = CertificateAuthority.in(folder.resolve("certificates"));
    ports = Port.resolveAll(List.of(Port.free(), Port.free(), Port.free(), Port.free()));
    Map<String, Listener> listeners =
        Map.of(SecuredListeners.PASSWORD, listener(2), SecuredListeners.CERTIFICATE, listener(3));
    member =
        KafkaMember.start(
            new KafkaMemberSettings(
                folder.resolve("broker"),
                Uuid.randomUuid().toString(),
                1,
                List.of(new Ports(ports.get(0), ports.get(1))),
                listeners,
                SecuredListeners.settings(authority.issue("broker"), authority.file())),
            false);
    admin = administrator().admin();
    administrator().createTopics(Topic.DEFAULT_PARTITIONS, (short) 1);
  }

  private Listener listener(int index) {
    return new Listener(ports.get(index), ports.get(index));
  }

  CertificateAuthority authority() {
    return authority;
  }

  String passwordServers() {
    return Port.HOST + ":" + ports.get(2);
  }

  String certificateServers() {
    return Port.HOST + ":" + ports.get(3);
  }

  /// Who may do everything.
  KafkaClients administrator() {
    return new KafkaClients(Map.of("bootstrap.servers", Port.HOST + ":" + ports.getFirst()));
  }

  /// Lets a user in, with a password that is the name backwards.
  void add(String user) throws ExecutionException, InterruptedException {
    ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, scram, password(user)))).all().get();
  }

  static String password(String user) {
    return new StringBuilder(user).reverse().toString();
  }

  KafkaClients clients(String user) {
    return new KafkaClients(Map.copyOf(login(user)));
  }

  /// What a client that is this user is set to, without `kafka.`.
  Map<String, Object> login(String user) {
    return Map.copyOf(SecuredListeners.login(passwordServers(), authority.file(), user, password(user)));
  }

  void grant(String principal, Collection<Right> rights) throws ExecutionException, InterruptedException {
    admin.createAcls(rights.stream().map(right -> right.to(principal)).toList()).all().get();
  }

  void revoke(String principal, Right right) throws ExecutionException, InterruptedException {
    admin.deleteAcls(List.of(right.to(principal).toFilter())).all().get();
  }

  @Override
  public void close() {
    admin.close();
    member.close();
  }
}
