package dev.penstock.producer;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A position in a distributed trace (W3C Trace Context, level 1): it travels with the prompt through every record
/// that the prompt causes.
///
/// @param traceId 32 hex digits, not all zero
/// @param parentId 16 hex digits, not all zero
/// @param sampled whether the caller may have recorded the trace
public record Traceparent(String traceId, String parentId, boolean sampled) {

  private static final Pattern FORM = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
  private static final SecureRandom RANDOM = new SecureRandom();

  public Traceparent {
    String header = header(traceId, parentId, sampled);
    if (!FORM.matcher(header).matches() || traceId.matches("0+") || parentId.matches("0+"))
      throw new IllegalArgumentException("'%s' is not a traceparent of version 00".formatted(header));
  }

  /// The beginning of a trace of its own.
  public static Traceparent newTrace() {
    return new Traceparent(randomHex(16), randomHex(8), true);
  }

  /// @throws IllegalArgumentException if `header` is not a traceparent of version 00
  public static Traceparent parse(String header) {
    Matcher matcher = FORM.matcher(header);
    if (!matcher.matches())
      throw new IllegalArgumentException("'%s' is not a traceparent of version 00".formatted(header));
    boolean sampled = (Integer.parseInt(matcher.group(3), 16) & 1) == 1;
    return new Traceparent(matcher.group(1), matcher.group(2), sampled);
  }

  /// As the record header says it.
  public String header() {
    return header(traceId, parentId, sampled);
  }

  private static String header(String traceId, String parentId, boolean sampled) {
    return "00-%s-%s-%s".formatted(traceId, parentId, sampled ? "01" : "00");
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    do RANDOM.nextBytes(random);
    while (allZero(random));
    return HexFormat.of().formatHex(random);
  }

  private static boolean allZero(byte[] bytes) {
    for (byte b : bytes) if (b != 0) return false;
    return true;
  }
}
