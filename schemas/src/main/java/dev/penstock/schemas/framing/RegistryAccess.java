package dev.penstock.schemas.framing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// How a schema registry is reached.
///
/// @param url its root, for example `http://127.0.0.1:8081`, or with Apicurio `https://host/apis/ccompat/v7`
/// @param user for basic authentication; empty for none
/// @param password never part of a message or of [#toString]
/// @param authorities a PEM file of the certificates that vouch for the registry's; empty for Java's own
public record RegistryAccess(URI url, String user, String password, String authorities) {

  public RegistryAccess {
    if (!url.getPath().endsWith("/")) url = URI.create(url + "/");
  }

  /// Without a login, trusting whom Java trusts.
  public static RegistryAccess at(String url) {
    return new RegistryAccess(URI.create(url), "", "", "");
  }

  /// What an `Authorization` header says; empty without a user.
  Optional<String> authorization() {
    if (user.isEmpty()) return Optional.empty();
    byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(login));
  }

  /// @throws RegistryRefusedException if the file of authorities cannot be used
  HttpClient client(Duration connectTimeout) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(connectTimeout);
    if (!authorities.isEmpty()) builder.sslContext(trusting(Path.of(authorities)));
    return builder.build();
  }

  private static SSLContext trusting(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in))
        trusted.setCertificateEntry("authority-" + number++, certificate);
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new RegistryRefusedException(
          "schema.registry.ca is %s, which is no readable file of PEM certificates: %s".formatted(pem, e.getMessage()), e);
    }
  }

  /// The address alone.
  @Override
  public String toString() {
    String text = url.getRawUserInfo() == null ? url.toString() : url.toString().replace(url.getRawUserInfo() + "@", "");
    return text.substring(0, text.length() - 1);
  }
}
