package dev.penstock.standalone.registry;

import java.util.Arrays;

/// An answer that is not a success, in Confluent's codes: the HTTP status and, finer, the error code of the body.
final class RegistryException extends RuntimeException {

  private final int status;
  private final int code;

  private RegistryException(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }

  static RegistryException notFound() {
    return new RegistryException(404, 404, "HTTP 404 Not Found");
  }

  static RegistryException methodNotAllowed() {
    return new RegistryException(405, 405, "HTTP 405 Method Not Allowed");
  }

  static RegistryException noJson() {
    return new RegistryException(415, 415, "the content type must be JSON, for example application/json");
  }

  static RegistryException tooLarge(int limitBytes) {
    return new RegistryException(413, 413, "the request body is larger than %d bytes".formatted(limitBytes));
  }

  static RegistryException malformed(String message) {
    return new RegistryException(400, 400, message);
  }

  static RegistryException subjectNotFound(String subject) {
    return new RegistryException(404, 40401, "Subject '%s' not found.".formatted(subject));
  }

  static RegistryException versionNotFound(int version) {
    return new RegistryException(404, 40402, "Version %d not found.".formatted(version));
  }

  static RegistryException schemaNotFound() {
    return new RegistryException(404, 40403, "Schema not found");
  }

  static RegistryException levelNotSet(String subject) {
    return new RegistryException(
        404, 40408, "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
  }

  static RegistryException incompatible(String details) {
    return new RegistryException(
        409, 409, "Schema being registered is incompatible with an earlier schema: " + details);
  }

  static RegistryException invalidSchema(String details) {
    return new RegistryException(422, 42201, "Invalid schema: " + details);
  }

  static RegistryException invalidVersion(String version) {
    return new RegistryException(
        422, 42202, "The version '%s' is not valid: allowed are 1 and above, and latest.".formatted(version));
  }

  static RegistryException invalidLevel(String level) {
    return new RegistryException(
        422,
        42203,
        "Invalid compatibility level '%s': allowed are %s."
            .formatted(level, Arrays.toString(CompatibilityLevel.values())));
  }

  static RegistryException idNotChosenByClients() {
    return new RegistryException(422, 42205, "ids are given by the registry; import mode is not supported");
  }

  static RegistryException store(Exception cause) {
    RegistryException exception = new RegistryException(500, 50001, "the schema topic cannot be written");
    exception.initCause(cause);
    return exception;
  }
}
