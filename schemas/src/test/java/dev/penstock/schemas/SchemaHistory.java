package dev.penstock.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/// Every schema that a subject ever had: `src/main/avro/history/SUBJECT/v1.avsc`, `v2.avsc` and so on, each complete in
/// itself. Files are added, never changed: topics hold records of all of them.
record SchemaHistory(Topic topic) {

  private static final Path FOLDER = Path.of("src", "main", "avro", "history");

  Path file(int version) {
    return FOLDER.resolve(topic.subject()).resolve("v" + version + ".avsc");
  }

  /// From version 1 on.
  List<Schema> versions() {
    List<Schema> versions = new ArrayList<>();
    for (int version = 1; Files.exists(file(version)); version++) versions.add(read(file(version)));
    return versions;
  }

  private static Schema read(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A schema as it is kept.
  static String text(Schema schema) throws IOException {
    return new ObjectMapper().readTree(schema.toString()).toPrettyString() + "\n";
  }
}
