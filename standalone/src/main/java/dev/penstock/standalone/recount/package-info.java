/// Proves from the topics alone that nothing was lost and nothing done twice. [Recount] reads them, [Ledger] compares,
/// [Report] says what was found. Trusts no counter of the services and shares no reader with them.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.recount;
