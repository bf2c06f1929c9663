package dev.penstock.standalone.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// An authority whose certificates only those trust who have its file: for development and tests. Made with the JDK's
/// `keytool`, which it needs at run time. One thread at a time.
public final class CertificateAuthority {

  private static final String ALIAS = "authority";
  /// The key store is a draft of the PEM files beside it, no place of safety.
  private static final String DRAFT_PASSWORD = "no-secret";

  private final Path folder;
  private final Path store;

  private CertificateAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("certificates.p12");
  }

  /// @param folder where its files go; made if it is missing
  public static CertificateAuthority in(Path folder) throws IOException {
    CertificateAuthority authority = new CertificateAuthority(Files.createDirectories(folder));
    authority.keytool(ALIAS, "CN=Penstock development authority", 0, 3650, List.of("-ext", "bc:c"));
    Files.writeString(authority.file(), pem("CERTIFICATE", encoded(authority.certificate(ALIAS))));
    return authority;
  }

  /// What to trust, as PEM.
  public Path file() {
    return folder.resolve("authority.pem");
  }

  /// A key with its certificate, as PEM, for loopback.
  ///
  /// @param name the certificate's common name, which Kafka sees as `User:CN=name`
  public Path issue(String name) throws IOException {
    return issue(name, 0);
  }

  /// The same, and it expired yesterday.
  public Path issueExpired(String name) throws IOException {
    return issue(name, 11);
  }

  private Path issue(String name, int daysAgo) throws IOException {
    String alias = name + daysAgo;
    keytool(
        alias,
        "CN=" + name,
        daysAgo,
        daysAgo == 0 ? 365 : 10,
        List.of("-signer", ALIAS, "-ext", "san=ip:127.0.0.1,dns:localhost"));
    try {
      byte[] key = store().getKey(alias, DRAFT_PASSWORD.toCharArray()).getEncoded();
      return Files.writeString(
          folder.resolve(alias + ".pem"),
          pem("PRIVATE KEY", key)
              + pem("CERTIFICATE", encoded(certificate(alias)))
              + pem("CERTIFICATE", encoded(certificate(ALIAS))));
    } catch (GeneralSecurityException e) {
      throw new IOException("the key of " + name + " cannot be read", e);
    }
  }

  private void keytool(String alias, String subject, int daysAgo, int days, List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", subject, "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-startdate", "-%dd".formatted(daysAgo), "-validity", Integer.toString(days)));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", DRAFT_PASSWORD));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) throw new IOException("keytool failed: " + said.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    }
  }

  private KeyStore store() throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, DRAFT_PASSWORD.toCharArray());
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IOException("the key store %s cannot be read".formatted(store), e);
    }
  }

  private Certificate certificate(String alias) throws IOException {
    try {
      return store().getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate of %s cannot be read".formatted(alias), e);
    }
  }

  private static byte[] encoded(Certificate certificate) throws IOException {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate cannot be written", e);
    }
  }

  private static String pem(String kind, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, body, kind);
  }
}
