package dev.penstock.generators.media.sound;

/// Makes bytes of a sound that comes in parts. The parts in their order decide all bytes. One thread at a time.
@FunctionalInterface
public interface SoundEncoder extends AutoCloseable {

  byte[] NOTHING = {};

  /// Takes the next part.
  ///
  /// @return what is certain now of the file and was not returned before; often empty
  /// @throws SoundEncodingException the encoder failed
  byte[] add(Sound part);

  /// The rest of the file; nothing may be added afterwards.
  default byte[] end() {
    return NOTHING;
  }

  /// Gives up what is not ended.
  @Override
  default void close() {}
}
