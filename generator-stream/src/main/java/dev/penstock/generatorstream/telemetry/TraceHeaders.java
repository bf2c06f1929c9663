package dev.penstock.generatorstream.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Reads and writes W3C trace context in record headers.
final class TraceHeaders {

  static final TextMapGetter<Headers> GETTER =
      new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // has no default yet
        public Iterable<String> keys(Headers headers) {
          return StreamSupport.stream(headers.spliterator(), false).map(Header::key).toList();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
          Header header = headers == null ? null : headers.lastHeader(key);
          return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
        }
      };

  static final TextMapSetter<Headers> SETTER =
      (headers, key, value) -> {
        if (headers != null) headers.remove(key).add(key, value.getBytes(UTF_8));
      };

  private TraceHeaders() {}
}
