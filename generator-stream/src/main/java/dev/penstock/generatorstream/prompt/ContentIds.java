package dev.penstock.generatorstream.prompt;

import dev.penstock.schemas.Ids;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The content ids of one prompt, each worked out once: several places need it. Threads may share one.
public final class ContentIds {

  private final String promptId;
  private final AtomicReferenceArray<String> ids;

  /// @param variants how many the prompt wants
  ContentIds(String promptId, int variants) {
    this.promptId = promptId;
    this.ids = new AtomicReferenceArray<>(variants);
  }

  String of(int variant) {
    String id = ids.get(variant);
    if (id == null) ids.set(variant, id = Ids.contentId(promptId, variant));
    return id;
  }

  /// The ids follow from the prompt's.
  @Override
  public boolean equals(Object other) {
    return other instanceof ContentIds ids && ids.promptId.equals(promptId);
  }

  @Override
  public int hashCode() {
    return promptId.hashCode();
  }
}
