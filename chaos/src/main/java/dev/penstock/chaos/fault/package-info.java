/// What is done to a [dev.penstock.chaos.cluster.Site]: each [Fault] is one blow with its recovery, drawn from a seed by
/// its [FaultKind].
@org.jspecify.annotations.NullMarked
package dev.penstock.chaos.fault;
