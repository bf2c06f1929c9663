package dev.penstock.sink.gallery;

import dev.penstock.sink.database.StoredContent;

/// Where a page finds bodies: at the console, or inside the page itself.
public interface BodyAddresses {

  /// The address of the content's own body.
  String body(StoredContent content);

  /// The address of an alternate's body.
  ///
  /// @param index from 0
  String alternate(StoredContent content, int index);
}
