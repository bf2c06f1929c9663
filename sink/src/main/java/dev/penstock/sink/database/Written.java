package dev.penstock.sink.database;

/// What one batch did to the tables: every arrival is counted once.
///
/// @param added rows that were not there
/// @param replaced rows that a later record of the same id took over
/// @param duplicates records that changed nothing, because they or a later record were there already
/// @param parked records that went to `unreadable`
public record Written(int added, int replaced, int duplicates, int parked) {

  static final Written NOTHING = new Written(0, 0, 0, 0);

  Written plus(Written other) {
    return new Written(
        added + other.added, replaced + other.replaced, duplicates + other.duplicates, parked + other.parked);
  }
}
