/// Settings: a [Key] says what may be set, [Settings] what is set and where it came from, [ServiceKeys] which keys each
/// service has.
@org.jspecify.annotations.NullMarked
package dev.penstock.runtime.config;
