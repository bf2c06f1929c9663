package dev.penstock.schemas.framing;

import org.apache.avro.Schema;

/// A schema where it is registered.
///
/// @param version within the subject, from 1
/// @param id the same under every subject
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
