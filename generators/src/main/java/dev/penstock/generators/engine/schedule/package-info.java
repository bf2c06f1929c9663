/// What a lane decides by, apart from what it decides about: the order of requests ([LaneQueue]), how much of it
/// each tenant had ([TenantShares]), how many slots it may use ([SlotLimit]), and how fast it was lately ([Pace]).
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine.schedule;
