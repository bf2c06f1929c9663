package dev.penstock.standalone.demo;

import dev.penstock.producer.answers.ContentBodies;
import dev.penstock.schemas.ContentGenerated;
import dev.penstock.sink.objects.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Pictures and sound as files that stay when the demo ends.
record PictureFiles(Path folder, ContentBodies bodies) {

  static boolean isFile(ContentGenerated content) {
    return !MediaTypes.isText(MediaTypes.bare(content.getMediaType()));
  }

  /// @param name without extension
  Path write(String name, ContentGenerated content) throws IOException {
    String extension = MediaTypes.extension(MediaTypes.bare(content.getMediaType())).orElse("bin");
    Files.createDirectories(folder);
    return Files.write(folder.resolve(name + "." + extension), bodies.of(content));
  }
}
