package dev.penstock.chaos.report;

import dev.penstock.chaos.fault.FaultKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One fault as it was.
///
/// @param failure why the site did not recover from it; null if it did
public record Strike(
    FaultKind kind, String target, long seed, Instant start, Instant end, @Nullable String failure) {}
