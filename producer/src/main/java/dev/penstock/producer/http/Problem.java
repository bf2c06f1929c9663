package dev.penstock.producer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/// What a client did wrong, or what is away: becomes the answer, as problem details (RFC 9457).
@SuppressWarnings("serial")
final class Problem extends RuntimeException {

  private final int status;

  /// @param detail one sentence: what was wrong, what is allowed
  Problem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  static void send(Context context, int status, String detail) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "about:blank");
    problem.put("title", HttpStatus.forStatus(status).getMessage());
    problem.put("status", status);
    problem.put("detail", detail);
    context.status(status).contentType("application/problem+json").result(problem.toString());
  }

  void send(Context context) {
    send(context, status, String.valueOf(getMessage()));
  }
}
