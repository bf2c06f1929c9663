package dev.penstock.runtime.kafka;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// Something that a service has to be allowed to do in the cluster.
///
/// @param name of the resource, or what the names begin with
/// @param probe the name by which it is found out whether the right is there
/// @param purpose for the table in the documentation
public record Right(
    ResourceType type, PatternType pattern, String name, AclOperation operation, String probe, String purpose) {

  public static Right topic(String name, AclOperation operation, String purpose) {
    return new Right(ResourceType.TOPIC, PatternType.LITERAL, name, operation, name, purpose);
  }

  /// @param probe a topic whose name begins so
  public static Right topics(String prefix, AclOperation operation, String probe, String purpose) {
    return new Right(ResourceType.TOPIC, PatternType.PREFIXED, prefix, operation, probe, purpose);
  }

  public static Right group(String name, String purpose) {
    return new Right(ResourceType.GROUP, PatternType.LITERAL, name, AclOperation.READ, name, purpose);
  }

  public static Right transactionalIds(String prefix, String purpose) {
    return new Right(
        ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, prefix, AclOperation.WRITE, prefix + "probe", purpose);
  }

  /// As it is granted.
  ///
  /// @param principal for example `User:penstock-sink`
  public AclBinding to(String principal) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
  }

  /// The option by which Kafka's own tools name the kind of resource.
  private String option() {
    return switch (type) {
      case TOPIC -> "--topic";
      case GROUP -> "--group";
      case TRANSACTIONAL_ID -> "--transactional-id";
      case CLUSTER, DELEGATION_TOKEN, USER, ANY, UNKNOWN ->
          throw new IllegalStateException("no service needs a right on a " + type);
    };
  }

  /// What an administrator types to grant it, without the address of the cluster.
  public String command(String principal) {
    return "kafka-acls --add --allow-principal %s --operation %s %s %s%s"
        .formatted(
            principal, words(operation), option(), name, pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
  }

  private static String words(AclOperation operation) {
    String name = operation.name();
    return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
  }

  /// For a sentence: `WRITE transactional ids that begin with penstock-`.
  public String words() {
    String kind = type.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    return pattern == PatternType.PREFIXED
        ? "%s %ss that begin with %s".formatted(operation, kind, name)
        : "%s %s %s".formatted(operation, kind, name);
  }
}
