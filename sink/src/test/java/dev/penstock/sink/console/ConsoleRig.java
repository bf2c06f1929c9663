package dev.penstock.sink.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.runtime.store.ObjectStore;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.schemas.PromptOutcome;
import dev.penstock.sink.TestPostgres;
import dev.penstock.sink.arrival.Arrival;
import dev.penstock.sink.arrival.ContentArrival;
import dev.penstock.sink.arrival.OutcomeArrival;
import dev.penstock.sink.database.ContentDatabase;
import dev.penstock.sink.database.Database;
import dev.penstock.sink.database.DatabaseSettings;
import dev.penstock.sink.objects.BodyKeeper;
import dev.penstock.sink.objects.ExportFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A console on a real database and a real object store, and a client of it.
final class ConsoleRig implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  final DatabaseSettings settings = TestPostgres.newDatabase();
  final Database database = new Database(settings);
  final ObjectStore objects;
  final Console console;
  final HttpClient http = HttpClient.newHttpClient();

  private int records;

  ConsoleRig(Path folder, ConsoleSettings console) {
    this.objects = ObjectStore.open(folder.resolve("objects").toUri());
    this.console = Console.start(console, database, objects);
  }

  void store(ContentGenerated... contents) {
    for (ContentGenerated content : contents)
      write(new ContentArrival(record("penstock.content.v1"), UUID.fromString(content.getContentId()), content));
  }

  void store(PromptOutcome outcome) {
    write(new OutcomeArrival(record("penstock.outcomes.v1"), outcome));
  }

  private void write(Arrival arrival) {
    List<Arrival> kept = new BodyKeeper(objects, ExportFolder.off()).keep(List.of(arrival));
    new ContentDatabase(database).write(kept, List.of());
  }

  private ConsumerRecord<byte[], byte[]> record(String topic) {
    return new ConsumerRecord<>(topic, 0, records++, new byte[0], new byte[0]);
  }

  /// What a sink's commit does.
  void moveOffsets(long next) {
    TestPostgres.jdbi(settings)
        .useHandle(
            h ->
                h.execute(
                    "insert into kafka_offsets (topic, partition, topic_id, next_offset) values ('t', 0, 'x', ?)",
                    next));
  }

  HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(console.uri().resolve(path));
    if (headers.length > 0) request.headers(headers);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(console.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  /// Asks under a host name of its own choice, as a browser does whose name server was misled.
  int statusWithHost(String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", console.uri().getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(
          "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host).getBytes(StandardCharsets.UTF_8));
      out.flush();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  @Override
  public void close() {
    http.close();
    console.close();
    database.close();
  }
}
