/// What is done once after a build so that later starts are quick; [InstanceRehearsal] is all of it.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.rehearsal;
