/// Where bodies lie that are too large for a record: [ObjectStore].
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime.store;
