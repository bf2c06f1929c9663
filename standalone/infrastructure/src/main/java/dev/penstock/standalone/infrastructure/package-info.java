/// What every embedded part needs of the machine: a [Port] on loopback and a folder of its own ([FolderLock],
/// [Folders]).
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.infrastructure;
