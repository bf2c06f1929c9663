/// PostgreSQL beside this process. [EmbeddedDatabase] starts and stops it, [Postmaster] ends one that outlived its
/// owner, [Access] keeps other users of the machine out.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.database;
