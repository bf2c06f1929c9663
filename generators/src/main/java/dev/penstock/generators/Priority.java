package dev.penstock.generators;

/// Who goes first when slots are scarce; earlier constants go first.
public enum Priority {
  URGENT,
  NORMAL,
  BULK
}
