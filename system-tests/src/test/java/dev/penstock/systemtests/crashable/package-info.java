/// An instance that can be brought down by a prompt: [CrashableCommand] is generator-stream with a generator whose
/// native code has a defect.
@org.jspecify.annotations.NullMarked
package dev.penstock.systemtests.crashable;
