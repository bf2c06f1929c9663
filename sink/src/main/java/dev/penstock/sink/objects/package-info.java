/// Where bodies go before their rows: [BodyKeeper] leaves text for the database and puts everything else into the
/// object store; [ExportFolder] gives pictures, sound and video a file that people can open; [MediaTypes] knows
/// which is which.
@org.jspecify.annotations.NullMarked
package dev.penstock.sink.objects;
