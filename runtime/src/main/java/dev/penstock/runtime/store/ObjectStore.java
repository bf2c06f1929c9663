package dev.penstock.runtime.store;

import dev.penstock.runtime.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// Keeps bodies that are too large for a record, addressed by their content under a tenant's prefix. Putting the
/// same bytes twice is one object. Threads may share one.
public interface ObjectStore extends ObjectSource {

  /// Stores `body` durably before it returns.
  ///
  /// @return where it lies; the last path segment is the SHA-256 in hex
  URI put(String tenant, byte[] body) throws IOException;

  /// Opens the store a URI names. Only `file:` is known now.
  static ObjectStore open(URI uri) {
    if (!"file".equals(uri.getScheme()))
      throw new UserError("object.store.uri is %s; allowed is file:FOLDER".formatted(uri));
    String path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
    return new FolderStore(Path.of(path).toAbsolutePath());
  }
}
