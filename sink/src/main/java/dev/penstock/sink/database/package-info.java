/// The PostgreSQL tables. [Database] opens, migrates and hands out transactions; [ContentDatabase] writes one
/// poll batch with its offsets in one transaction (columns: [ContentColumns], [OutcomeColumns]; positions:
/// [OffsetTable]); [ContentQueries] reads what the console shows.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink.database;
