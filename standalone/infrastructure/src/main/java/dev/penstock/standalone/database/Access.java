package dev.penstock.standalone.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import javax.sql.DataSource;

/// Who may log in: on a machine with several users loopback alone protects nothing. A password is made at the
/// first start and kept in a file that only its owner reads; until it is there, the server is not handed out.
final class Access {

  static final String USER = "penstock";
  static final String DATABASE = "penstock";

  private static final int PASSWORD_BYTES = 24;

  private final Path passwordFile;
  private String password;

  /// @param folder where the password lies
  Access(Path folder) throws IOException {
    this.passwordFile = folder.resolve("password");
    this.password = Files.exists(passwordFile) ? Files.readString(passwordFile) : "";
  }

  /// True if [#setUp] has been done in this folder.
  boolean isSetUp() {
    return !password.isEmpty();
  }

  /// Empty until it is set up.
  String password() {
    return password;
  }

  /// Writes who is let in: everybody on loopback only until there is a password.
  void writeRules(Path data) throws IOException {
    String method = isSetUp() ? "scram-sha-256" : "trust";
    Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 " + method + "\n");
  }

  /// Makes the role, its database and the password, and closes the door. To be repeated from an empty data folder
  /// if it was cut off.
  void setUp(DataSource superuser, Path data) throws IOException, SQLException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE postgres PASSWORD '" + secret + "'");
      statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + secret + "'");
      statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
      store(secret);
      writeRules(data);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private void store(String secret) throws IOException {
    Path draft = passwordFile.resolveSibling("password.new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, secret);
    Files.move(draft, passwordFile, StandardCopyOption.ATOMIC_MOVE);
    password = secret;
  }
}
