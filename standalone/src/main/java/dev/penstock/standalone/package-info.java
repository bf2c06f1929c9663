/// Everything in one process for one machine. [Standalone] starts the parts in order, [UpCommand] runs it until it is
/// told to stop, `demo` shows it at work; [DataFolder] is where everything lies, [Parts] closes what was started.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone;
