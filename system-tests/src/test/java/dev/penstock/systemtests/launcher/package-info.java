/// Specifications of the script `penstock`, with stand-ins for the JDK and for Maven: [LauncherTest].
@org.jspecify.annotations.NullMarked
package dev.penstock.systemtests.launcher;
