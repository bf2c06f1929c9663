package dev.penstock.sink.console;

import dev.penstock.sink.database.StoredContent;
import dev.penstock.sink.gallery.BodyAddresses;

/// Bodies at this console.
record Addresses() implements BodyAddresses {

  @Override
  public String body(StoredContent stored) {
    return "/bodies/" + stored.content().getContentId();
  }

  @Override
  public String alternate(StoredContent stored, int index) {
    return body(stored) + "/alternates/" + index;
  }
}
