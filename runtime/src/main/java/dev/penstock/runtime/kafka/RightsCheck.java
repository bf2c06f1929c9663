package dev.penstock.runtime.kafka;

import dev.penstock.runtime.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Asks a cluster at the start whether a service has every right it needs, so that the first one that is missing is
/// named with the command that grants it. Kafka's own errors name the resource, not the right, and come when work is
/// under way. A cluster without an authorizer allows everything.
public final class RightsCheck {

  private static final Pattern USER = Pattern.compile("username=\"?([^\"\\s;]+)");

  private final KafkaClients clients;
  private final List<Right> rights;

  public RightsCheck(KafkaClients clients, List<Right> rights) {
    this.clients = clients;
    this.rights = List.copyOf(rights);
  }

  /// @throws UserError naming the first right that is missing
  /// @throws ExecutionException what the cluster answers otherwise
  public void run() throws ExecutionException, InterruptedException {
    Optional<Right> missing = missing();
    if (missing.isPresent())
      throw new UserError(
          "%s may not %s: grant it with %s"
              .formatted(who(), missing.get().words(), missing.get().command(principal())));
  }

  /// The first right that is missing. One on a topic that does not exist yet counts as there if the topic may be seen.
  public Optional<Right> missing() throws ExecutionException, InterruptedException {
    try (Admin admin = clients.admin()) {
      for (Right right : rights) if (!isThere(admin, right)) return Optional.of(right);
      return Optional.empty();
    }
  }

  private static boolean isThere(Admin admin, Right right) throws ExecutionException, InterruptedException {
    return switch (right.type()) {
      case TOPIC -> right.operation() == AclOperation.CREATE ? mayCreate(admin, right) : maySeeAndUse(admin, right);
      case GROUP ->
          isAllowed(admin.listConsumerGroupOffsets(right.probe()).partitionsToOffsetAndMetadata());
      case TRANSACTIONAL_ID -> isAllowed(admin.describeTransactions(Set.of(right.probe())).description(right.probe()));
      case CLUSTER, DELEGATION_TOKEN, USER, ANY, UNKNOWN ->
          throw new IllegalArgumentException("a right on a " + right.type() + " cannot be asked for");
    };
  }

  private static boolean maySeeAndUse(Admin admin, Right right) throws ExecutionException, InterruptedException {
    KafkaFuture<org.apache.kafka.clients.admin.TopicDescription> described =
        admin
            .describeTopics(Set.of(right.probe()), new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues()
            .get(right.probe());
    try {
      Set<AclOperation> allowed = described.get().authorizedOperations();
      return allowed == null || allowed.contains(right.operation());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) return false;
      if (e.getCause() instanceof UnknownTopicOrPartitionException) return true;
      throw e;
    }
  }

  private static boolean mayCreate(Admin admin, Right right) throws ExecutionException, InterruptedException {
    NewTopic topic = new NewTopic(right.probe(), Optional.empty(), Optional.empty());
    return isAllowed(admin.createTopics(Set.of(topic), new CreateTopicsOptions().validateOnly(true)).values().get(right.probe()));
  }

  /// Whatever else is answered, it was allowed to ask.
  private static boolean isAllowed(KafkaFuture<?> answer) throws ExecutionException, InterruptedException {
    try {
      answer.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) return false;
      if (e.getCause() instanceof org.apache.kafka.common.errors.ApiException known && !isPassing(known)) return true;
      throw e;
    }
  }

  private static boolean isPassing(org.apache.kafka.common.errors.ApiException e) {
    return e instanceof org.apache.kafka.common.errors.RetriableException
        || e instanceof org.apache.kafka.common.errors.AuthenticationException;
  }

  private String who() {
    return user().map(user -> "Kafka's user " + user).orElse("the user that Kafka sees in this client");
  }

  private String principal() {
    return "User:" + user().orElse("NAME");
  }

  /// From the login; with certificates only the brokers know whom they see.
  private Optional<String> user() {
    Map<String, Object> common = clients.common();
    Matcher login = USER.matcher(String.valueOf(common.getOrDefault("sasl.jaas.config", "")));
    return login.find() ? Optional.of(login.group(1)) : Optional.empty();
  }
}
