package dev.penstock.generators;

/// One loaded model version: how a request becomes something the lane can step, and how what the lane
/// made becomes content.
///
/// `prepare` and `complete` run on plan threads, many at once, and may block; the stepper belongs to the
/// lane's thread alone.
///
/// @param <P> a prepared request: token ids, a class and a latent, ...; immutable
/// @param <D> what the lane leaves behind: token sequences, pixels, ...; owned by the receiver
public interface Generator<P, D> extends AutoCloseable {

  /// Everything that can be done before a slot is taken: tokenise, match a class, check lengths.
  ///
  /// @throws GenerationException.Rejected if this model can never serve the request
  P prepare(GenerationRequest request) throws GenerationException;

  /// The model as slots and steps; always the same object.
  Stepper<P, D> stepper();

  /// Scores, chooses and encodes. The engine fills in `timings` and `usage.steps` of the result.
  GenerationResult complete(GenerationRequest request, P prepared, D draft) throws GenerationException;

  /// Frees sessions and buffers. Called once, after the lane has ended.
  @Override
  void close();
}
