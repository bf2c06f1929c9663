package dev.penstock.generators;

import java.util.Objects;

/// A picture that came with a prompt: a PNG or JPEG, or what somebody takes for one; nobody has looked into it yet.
///
/// @param bytes as they came; not to be changed
public record InputPicture(byte[] bytes) {

  public InputPicture {
    Objects.requireNonNull(bytes);
  }
}
