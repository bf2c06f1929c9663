package dev.penstock.generators.image;

/// An image generator that can make what lies between two of its pictures. Any thread.
///
/// @param <P> its prepared pictures
public interface Interpolating<P> {

  /// What lies on the way from one prepared picture to another: their latent vectors are interpolated, all else is
  /// as in `from`.
  ///
  /// @param share 0 is `from`, 1 is `to`
  P between(P from, P to, double share);
}
