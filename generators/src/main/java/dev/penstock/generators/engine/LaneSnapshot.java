package dev.penstock.generators.engine;

/// A lane as it was a moment ago; the parts are read one by one, so they may be a step apart.
///
/// @param modelDigest the model version the lane belongs to
/// @param loaded whether the model is in memory now
/// @param loads how often it was loaded on demand
/// @param slots how many slots the model has
/// @param busySlots slots taken now
/// @param queued requests that wait for a slot: queued, being prepared, or prepared
/// @param completing requests that left the lane and are not completed
/// @param figures what its steps came to
public record LaneSnapshot(
    String modelDigest,
    boolean loaded,
    int loads,
    int slots,
    int busySlots,
    int queued,
    int completing,
    LaneFigures figures) {}
