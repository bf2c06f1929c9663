/// Specifications of the contract: ids, keys, topics, schemas and their history.
@org.jspecify.annotations.NullMarked
package dev.penstock.schemas;
