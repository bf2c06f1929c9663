package dev.penstock.standalone.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Two listeners that clients have to log in at, and an authorizer that allows nothing that was not granted: what a
/// company's cluster looks like to its clients. The nodes speak to each other, and the administrator to them, at the
/// plain listener on loopback, as `User:ANONYMOUS`, who may do everything.
public final class SecuredListeners {

  /// Asks for a password (SASL_SSL, SCRAM-SHA-512).
  public static final String PASSWORD = "SECURED";

  /// Asks for a certificate (mutual TLS).
  public static final String CERTIFICATE = "MUTUAL";

  private SecuredListeners() {}

  /// Settings of a broker that has listeners of both names.
  ///
  /// @param key PEM file of the broker's key and certificate
  /// @param authorities PEM file of whom the broker trusts
  public static Map<String, String> settings(Path key, Path authorities) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT,%s:SASL_SSL,%s:SSL".formatted(NodeProperties.CONTROLLER, PASSWORD, CERTIFICATE));
    for (String listener : new String[] {PASSWORD, CERTIFICATE}) {
      String prefix = "listener.name.%s.".formatted(listener.toLowerCase(java.util.Locale.ROOT));
      settings.put(prefix + "ssl.keystore.type", "PEM");
      settings.put(prefix + "ssl.keystore.location", key.toString());
      settings.put(prefix + "ssl.truststore.type", "PEM");
      settings.put(prefix + "ssl.truststore.location", authorities.toString());
    }
    String password = "listener.name.secured.";
    settings.put(password + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        password + "scram-sha-512.sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("listener.name.mutual.ssl.client.auth", "required");
    settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    settings.put("allow.everyone.if.no.acl.found", "false");
    return settings;
  }

  /// What a client that has a password is set to, under `kafka.`.
  public static Map<String, String> login(String servers, Path authorities, String user, String password) {
    Map<String, String> client = new HashMap<>();
    client.put("bootstrap.servers", servers);
    client.put("security.protocol", "SASL_SSL");
    client.put("sasl.mechanism", "SCRAM-SHA-512");
    client.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password));
    client.put("ssl.truststore.type", "PEM");
    client.put("ssl.truststore.location", authorities.toString());
    return client;
  }

  /// What a client that has a certificate is set to, under `kafka.`.
  public static Map<String, String> certificate(String servers, Path authorities, Path key) {
    return Map.of(
        "bootstrap.servers", servers,
        "security.protocol", "SSL",
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", authorities.toString(),
        "ssl.keystore.type", "PEM",
        "ssl.keystore.location", key.toString());
  }
}
