package dev.penstock.chaos.guarantee;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A topic's log, each record decoded once.
final class DecodedLog<T> implements AutoCloseable {

  private final TopicLog log;
  private final Function<ConsumerRecord<byte[], byte[]>, T> decode;
  private final List<T> decoded = new ArrayList<>();

  DecodedLog(TopicLog log, Function<ConsumerRecord<byte[], byte[]>, T> decode) {
    this.log = log;
    this.decode = decode;
  }

  /// All that is committed by now; what earlier calls returned comes first.
  List<T> readToEnd() {
    return decoded(log.readOn());
  }

  /// The same with what transactions bring that are open now: waits for their ends.
  List<T> readPastOpen() {
    return decoded(log.readPastOpen());
  }

  private List<T> decoded(List<ConsumerRecord<byte[], byte[]>> more) {
    more.forEach(record -> decoded.add(decode.apply(record)));
    return List.copyOf(decoded);
  }

  boolean hidesSomething() {
    return log.hidesSomething();
  }

  @Override
  public void close() {
    log.close();
  }
}
