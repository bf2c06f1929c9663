package dev.penstock.generators.text.decoding;

/// What the runs of one graph came to since it was loaded. What a lane takes beyond [#nanos] it spends outside ONNX
/// Runtime.
///
/// @param prefillRuns chunks of prompts that were read
/// @param prefillTokens tokens in them
/// @param prefillNanos time inside ONNX Runtime for them
/// @param reusedTokens tokens of prompts that were not read because their beginning was known
/// @param decodeRuns runs that wrote a token a row
/// @param decodeRows tokens that those wrote
/// @param decodeNanos time inside ONNX Runtime for them
public record DecodingTimes(
    long prefillRuns,
    long prefillTokens,
    long prefillNanos,
    long reusedTokens,
    long decodeRuns,
    long decodeRows,
    long decodeNanos) {

  static final DecodingTimes NONE = new DecodingTimes(0, 0, 0, 0, 0, 0, 0);

  /// Time inside ONNX Runtime.
  public long nanos() {
    return prefillNanos + decodeNanos;
  }

  /// What came since `earlier`.
  public DecodingTimes since(DecodingTimes earlier) {
    return new DecodingTimes(
        prefillRuns - earlier.prefillRuns,
        prefillTokens - earlier.prefillTokens,
        prefillNanos - earlier.prefillNanos,
        reusedTokens - earlier.reusedTokens,
        decodeRuns - earlier.decodeRuns,
        decodeRows - earlier.decodeRows,
        decodeNanos - earlier.decodeNanos);
  }

  DecodingTimes withPrefill(int tokens, long nanos) {
    return new DecodingTimes(
        prefillRuns + 1, prefillTokens + tokens, prefillNanos + nanos, reusedTokens, decodeRuns, decodeRows,
        decodeNanos);
  }

  DecodingTimes withReuse(int tokens) {
    return new DecodingTimes(
        prefillRuns, prefillTokens, prefillNanos, reusedTokens + tokens, decodeRuns, decodeRows, decodeNanos);
  }

  DecodingTimes withDecode(int rows, long nanos) {
    return new DecodingTimes(
        prefillRuns, prefillTokens, prefillNanos, reusedTokens, decodeRuns + 1, decodeRows + rows,
        decodeNanos + nanos);
  }
}
