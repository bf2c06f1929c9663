package dev.penstock.schemas.framing;

import org.apache.avro.Schema;

/// Knows which schema an id means. Threads may share one; answers are cached for ever, because ids never change
/// their meaning.
public interface SchemaRegistry {

  /// The id of `schema` under `subject`, registering it if it is new.
  ///
  /// @throws RegistryUnavailableException if the registry does not answer
  /// @throws IncompatibleSchemaException if the subject's compatibility level forbids it
  int register(String subject, Schema schema);

  /// @throws FramingException if the registry answers that no schema has this id
  /// @throws RegistryUnavailableException if the registry does not answer
  Schema byId(int id);
}
