package dev.penstock.runtime.kafka;

import dev.penstock.runtime.StartupWait.Attempt;
import dev.penstock.runtime.UserError;
import dev.penstock.schemas.framing.IncompatibleSchemaException;
import dev.penstock.schemas.framing.RegistryRefusedException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/// What Kafka and the registry answer to somebody whom waiting does not help, in one sentence that says what would.
public final class StartFailures {

  /// Alerts by which a server turns a client's certificate away.
  private static final Pattern REFUSED_CERTIFICATE =
      Pattern.compile("fatal alert: (certificate_\\w+|bad_certificate|unknown_ca)");

  private StartFailures() {}

  /// The same attempt; what waiting cannot mend is thrown as [UserError].
  ///
  /// @param servers of the cluster, for the sentence
  public static Attempt explained(Object servers, Attempt attempt) {
    return () -> {
      try {
        attempt.run();
      } catch (UserError | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        Optional<UserError> explained = explain(servers, e);
        if (explained.isPresent()) throw explained.get();
        throw unanswered(e);
      }
    };
  }

  /// Empty if it may pass by itself.
  public static Optional<UserError> explain(Object servers, Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String sentence = sentence(servers, e);
      if (sentence != null) return Optional.of(new UserError(sentence, failure));
    }
    return Optional.empty();
  }

  /// Only what the cluster refuses to this user: a login, a right.
  public static Optional<UserError> refusal(Object servers, Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause())
      if (e instanceof AuthenticationException || e instanceof AuthorizationException) return explain(servers, e);
    return Optional.empty();
  }

  private static @Nullable String sentence(Object servers, Throwable e) {
    return switch (e) {
      case SslAuthenticationException tls -> ofTls(servers, tls);
      case AuthenticationException login ->
          "Kafka at %s refuses the login (%s): correct user and password in kafka.sasl.jaas.config, and kafka.sasl.mechanism"
              .formatted(servers, login.getMessage());
      case AuthorizationException right ->
          "Kafka at %s does not allow it (%s): grant the right; docs/security.md lists the least set of each service"
              .formatted(servers, right.getMessage());
      case UnsupportedVersionException old ->
          "Kafka at %s is too old (%s): brokers of 4.0 and later will do".formatted(servers, old.getMessage());
      case ConfigException settings -> "the settings under kafka. cannot be used: " + settings.getMessage();
      case RegistryRefusedException refused -> refused.getMessage();
      case IncompatibleSchemaException incompatible ->
          incompatible.getMessage() + "; run a version of this program that knows the registered schema, or another registry";
      case org.apache.kafka.common.KafkaException broken when isConstruction(broken) ->
          "the settings under kafka. cannot be used: " + deepest(broken).getMessage();
      default -> null;
    };
  }

  /// Clients that cannot even be made: a key store that is not there, a class that does not exist.
  private static boolean isConstruction(Throwable e) {
    return e.getMessage() != null
        && (e.getMessage().startsWith("Failed to create new") || e.getMessage().startsWith("Failed to construct"));
  }

  private static String ofTls(Object servers, SslAuthenticationException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause())
      if (cause instanceof CertificateExpiredException)
        return "the certificate of Kafka at %s has expired (%s): have it renewed".formatted(servers, cause.getMessage());
    String reason = String.valueOf(deepest(e).getMessage());
    // Brokers of Java say certificate_unknown of an expired one as well.
    if (REFUSED_CERTIFICATE.matcher(reason).find())
      return "Kafka at %s does not accept this client's certificate (%s): renew the one in kafka.ssl.keystore if it has expired, or have it signed by an authority that the brokers trust"
          .formatted(servers, reason);
    return "Kafka at %s and this client cannot agree on TLS (%s): correct kafka.security.protocol, the authorities in kafka.ssl.truststore and the certificate in kafka.ssl.keystore"
        .formatted(servers, reason);
  }

  /// Kafka's clients do not say why nobody answered.
  private static Exception unanswered(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause())
      if (cause instanceof TimeoutException)
        return told("no broker answers there with the kafka.security.protocol that is set", e);
    return e;
  }

  private static Exception told(String sentence, Exception instead) {
    Exception told = new IllegalStateException(sentence);
    told.addSuppressed(instead);
    return told;
  }

  private static Throwable deepest(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) deepest = deepest.getCause();
    return deepest;
  }
}
