package dev.penstock.generatorstream.shared;

/// What was not generated because something equal was, since the process started.
///
/// @param joined requests that waited for an equal one that ran
/// @param cached requests whose result was there already
/// @param damaged results that were not what had been put in, and were made again
/// @param outputTokens of `joined` and `cached`
/// @param steps of `joined` and `cached`
/// @param cacheBytes what the results take that are kept now
public record Saved(long joined, long cached, long damaged, long outputTokens, long steps, long cacheBytes) {

  public static final Saved NOTHING = new Saved(0, 0, 0, 0, 0, 0);
}
