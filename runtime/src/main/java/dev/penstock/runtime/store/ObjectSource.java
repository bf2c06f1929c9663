package dev.penstock.runtime.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads bodies that are too large for a record, by the URI that their record names. Threads may share one.
@FunctionalInterface
public interface ObjectSource {

  /// @throws IOException if the object is not there or its bytes are not those that were put
  byte[] get(URI uri) throws IOException;

  /// Objects of any folder store of this host, for readers that were not told which it is. No other file comes out: an object's
  /// name is the SHA-256 of its bytes.
  static ObjectSource onThisHost() {
    return uri -> {
      String name = uri.getPath() == null ? "" : uri.getPath().replaceFirst(".*/", "");
      if (!"file".equals(uri.getScheme()) || uri.getAuthority() != null || !name.matches("[0-9a-f]{64}"))
        throw new IOException(uri + " is not an object in a folder of this host; name its store with --set object.store.uri=file:FOLDER");
      Path file = Path.of(uri);
      if (!Files.isRegularFile(file))
        throw new IOException(uri + " is not there; its store is on another host, or was removed with its data folder");
      return FolderStore.checked(uri, file);
    };
  }
}
