package dev.penstock.generatorstream.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// The headers of records that leave: CloudEvents 1.0 in binary mode, and the trace context of the prompt.
public final class Events {

  public static final String CONTENT_GENERATED = "dev.penstock.content.generated.v1";
  static final String CONTENT_CHUNK = "dev.penstock.content.chunk.v1";
  public static final String PROMPT_ENDED = "dev.penstock.prompt.ended.v1";
  static final String PROMPT_DEAD_LETTERED = "dev.penstock.prompt.dead-lettered.v1";

  private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
  private static final byte[] SOURCE = "/penstock/generator-stream".getBytes(UTF_8);
  private static final byte[] AVRO = "application/avro".getBytes(UTF_8);

  /// W3C Trace Context asks for at least as much of a tracestate to be passed on.
  private static final int MOST_TRACE_BYTES = 512;

  /// Of the record made last: many leave in one millisecond.
  private static volatile Time lastTime = new Time(0);

  private Events() {}

  private record Time(long millis, byte[] text) {
    Time(long millis) {
      this(millis, Instant.ofEpochMilli(millis).toString().getBytes(UTF_8));
    }
  }

  private static byte[] time(long millis) {
    Time time = lastTime;
    if (time.millis() != millis) lastTime = time = new Time(millis);
    return time.text();
  }

  private static boolean isShort(Header header) {
    return header.value() == null || header.value().length <= MOST_TRACE_BYTES;
  }

  /// @param id what is unique among records of the type
  /// @param prompt the headers of the prompt's record
  public static Headers headers(String type, String id, long atMillis, Headers prompt) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_specversion", SPEC_VERSION);
    headers.add("ce_type", type.getBytes(UTF_8));
    headers.add("ce_source", SOURCE);
    headers.add("ce_id", id.getBytes(UTF_8));
    headers.add("ce_time", time(atMillis));
    headers.add("content-type", AVRO);
    for (String trace : new String[] {"traceparent", "tracestate"}) {
      Header header = prompt.lastHeader(trace);
      if (header != null && isShort(header)) headers.add(header);
    }
    return headers;
  }
}
