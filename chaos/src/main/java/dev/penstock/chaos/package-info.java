/// `penstock chaos`: [ChaosCommand] builds a site of separate processes, [ChaosRun] keeps it under load while a
/// [FaultPlan] strikes it, and asks the guarantees at the end.
@org.jspecify.annotations.NullMarked
package dev.penstock.chaos;
